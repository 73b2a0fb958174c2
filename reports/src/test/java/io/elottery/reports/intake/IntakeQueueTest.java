package io.elottery.reports.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Load;
import io.elottery.reports.report.Report;
import io.elottery.reports.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntakeQueueTest {
  private final IntakeQueue queue = new IntakeQueue(3);

  @Test
  void criticalOvertakesEverythingAndEqualsKeepTheirOrder() {
    queue.offer(report(1, Priority.ROUTINE));
    queue.offer(report(2, Priority.CRITICAL));
    queue.offer(report(3, Priority.CRITICAL));

    assertThat(List.of(next(), next(), next())).containsExactly(2L, 3L, 1L);
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void aFullQueueDropsRoutineFirstAndCounts() {
    queue.offer(report(1, Priority.ROUTINE));
    queue.offer(report(2, Priority.NOTICE));
    queue.offer(report(3, Priority.ROUTINE));

    assertThat(queue.offer(report(4, Priority.CRITICAL))).isTrue();

    assertThat(queue.dropped(Priority.ROUTINE)).isEqualTo(1);
    assertThat(List.of(next(), next(), next())).containsExactly(4L, 2L, 3L);
  }

  @Test
  void oneAsUrgentAsAllOthersIsRefusedSoThatItsSenderKeepsIt() {
    for (int i = 1; i <= 3; i++) {
      queue.offer(report(i, Priority.CRITICAL));
    }

    assertThat(queue.offer(report(4, Priority.CRITICAL))).isFalse();
    assertThat(queue.size()).isEqualTo(3);
    assertThat(queue.dropped(Priority.CRITICAL)).isEqualTo(1);
  }

  private long next() {
    return queue.poll().orElseThrow().number();
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
