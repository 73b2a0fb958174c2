package io.elottery.worker.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Load;
import io.elottery.reports.report.Report;
import io.elottery.reports.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportOutboxTest {
  private final ReportOutbox outbox = new ReportOutbox();

  @Test
  void mostUrgentAndThenOldestIsNext() {
    outbox.add(report(1, Priority.ROUTINE));
    outbox.add(report(2, Priority.CRITICAL));
    outbox.add(report(3, Priority.CRITICAL));

    assertThat(outbox.next()).contains(report(2, Priority.CRITICAL));
  }

  @Test
  void takenReportIsForgotten() {
    outbox.add(report(1, Priority.CRITICAL));
    outbox.taken(report(1, Priority.CRITICAL));

    assertThat(outbox.next()).isEmpty();
  }

  @Test
  void newerRoutineTakesThePlaceOfAnOlder() {
    outbox.add(report(1, Priority.ROUTINE));
    outbox.add(report(2, Priority.ROUTINE));

    assertThat(outbox.next()).contains(report(2, Priority.ROUTINE));
    outbox.taken(report(2, Priority.ROUTINE));
    assertThat(outbox.next()).isEmpty();
    assertThat(outbox.dropped()).isZero();
  }

  @Test
  void criticalOnesOutliveAnyNumberOfOthers() {
    outbox.add(report(1, Priority.CRITICAL));
    for (int i = 2; i < 500; i++) {
      outbox.add(report(i, i % 2 == 0 ? Priority.NOTICE : Priority.ROUTINE));
    }

    assertThat(outbox.next()).contains(report(1, Priority.CRITICAL));
    assertThat(outbox.dropped()).isPositive();
  }

  @Test
  void aCriticalOneThatGivesWayHandsItsNotesOn() {
    for (int i = 1; i <= ReportOutbox.WAITING_MAX + 5; i++) {
      outbox.add(report(i, Priority.CRITICAL).noting(List.of("fact " + i)));
    }

    List<String> facts = new ArrayList<>();
    for (Optional<Report> next = outbox.next(); next.isPresent(); next = outbox.next()) {
      facts.addAll(next.get().notes());
      outbox.taken(next.get());
    }
    assertThat(facts).hasSize(ReportOutbox.WAITING_MAX + 5).doesNotHaveDuplicates();
  }

  private static Report report(long number, Priority priority) {
    return new Report(
        NodeId.of("worker-1"),
        1,
        number,
        Instant.EPOCH,
        priority,
        true,
        false,
        Verdict.UP,
        List.of(),
        Load.NONE,
        List.of(),
        List.of(),
        Optional.empty());
  }
}
