package io.elottery.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.reports.history.Resolution;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Load;
import io.elottery.reports.report.Report;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two mains that hear the same reports, or not. */
class HistoryDeskTest {
  private static final NodeId WORKER = NodeId.of("worker-1");

  private final Path dir;
  private final Wire wire = new Wire();
  private final Wire.Station one = wire.station("main-1", Role.MAIN);
  private final Wire.Station two = wire.station("main-2", Role.MAIN);
  private final List<String> events = new ArrayList<>();
  private final Deque<Runnable> heldBack = new ArrayDeque<>();
  private boolean diskIsSlow;

  HistoryDeskTest(@TempDir Path dir) {
    this.dir = dir;
  }

  private HistoryDesk desk(Wire.Station at, Wire.Station other, boolean minds) {
    HistoryDesk desk =
        new HistoryDesk(
            new HistoryDesk.Ports(
                at.id,
                at.board,
                at.loop,
                work -> {
                  if (diskIsSlow) {
                    heldBack.add(work);
                  } else {
                    work.run();
                  }
                },
                dir.resolve(at.id.name()),
                List.of(other.id),
                () -> Map.of(WORKER, judgement()),
                worker -> minds,
                priority -> priority == Priority.ROUTINE ? 3 : 0,
                () -> 0,
                (severity, code, subject, text) -> events.add(code + " " + subject + ": " + text)),
            new HistoryConfig(1 << 20, 10));
    StaffCalls calls = new StaffCalls(at.board, new Hemispheres(at.id));
    desk.start(calls);
    return desk;
  }

  @Test
  void aMainThatWasAwayAsksTheOtherForWhatItMissed() throws IOException {
    HistoryDesk left = desk(one, two, true);
    left.connected(two.peer);
    for (int number = 1; number <= 36; number++) {
      left.taken(report(number));
      wire.pass(Duration.ofSeconds(5));
    }

    HistoryDesk right = desk(two, one, false);
    right.connected(one.peer);
    wire.pass(Duration.ofSeconds(5));

    assertThat(reports(dir.resolve("main-2"))).isEqualTo(reports(dir.resolve("main-1")));
    assertThat(reports(dir.resolve("main-1"))).isBetween(24L, 36L);
  }

  @Test
  void aNumberThatNeverComesIsTold_byTheMainThatMindsTheWorkerOnly() {
    HistoryDesk left = desk(one, two, true);
    HistoryDesk right = desk(two, one, false);
    for (HistoryDesk each : List.of(left, right)) {
      each.taken(report(1));
      each.taken(report(4));
    }
    wire.pass(Duration.ofSeconds(30));

    assertThat(events)
        .singleElement()
        .asString()
        .startsWith("REPORT_MISSING worker-1: Reports 2–3 of worker-1 did not come");
    assertThat(right.missed()).isEqualTo(2);
  }

  @Test
  void aDiskThatTakesNothingIsToldOnceAndWhatWaitedIsWrittenLater() throws IOException {
    Path home = dir.resolve("main-1");
    Files.createDirectories(home);
    Files.write(home.resolve("history"), new byte[1]);
    HistoryDesk left = desk(one, two, true);
    wire.pass(Duration.ofMinutes(4));
    assertThat(events).hasSize(1).first().asString().startsWith("HISTORY_LOSES main-1/history");

    Files.delete(home.resolve("history"));
    wire.pass(Duration.ofMinutes(2));

    assertThat(events).hasSize(2).last().asString().startsWith("HISTORY_KEPT");
    assertThat(left.trouble()).isEmpty();
    assertThat(minutes(home)).isGreaterThanOrEqualTo(5);
  }

  @Test
  void aDiskThatDoesNotAnswerHoldsNobodyUp() {
    diskIsSlow = true;
    HistoryDesk left = desk(one, two, true);
    for (int number = 1; number <= 100; number++) {
      left.taken(report(number));
      wire.pass(Duration.ofSeconds(5));
    }

    assertThat(heldBack).isNotEmpty();
    assertThat(left.missed()).isZero();
  }

  private long reports(Path home) throws IOException {
    List<Long> counts = new ArrayList<>();
    disk(home)
        .read(
            Resolution.MINUTE,
            wire.now().minus(Duration.ofHours(1)),
            wire.now(),
            bucket ->
                bucket.servers().values().forEach(health -> counts.add((long) health.reports())));
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private int minutes(Path home) throws IOException {
    return disk(home)
        .labels(Resolution.MINUTE, wire.now().minus(Duration.ofHours(1)), wire.now())
        .size();
  }

  private static HistoryDisk disk(Path home) {
    return new HistoryDisk(new HistoryFiles(home.resolve("history"), 1 << 20));
  }

  private Judgement judgement() {
    return new Judgement(
        WORKER, Hemisphere.LEFT, Verdict.UP, wire.now(), Optional.empty(), List.of());
  }

  private Report report(long number) {
    return new Report(
        WORKER,
        1,
        number,
        wire.now(),
        Priority.ROUTINE,
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
