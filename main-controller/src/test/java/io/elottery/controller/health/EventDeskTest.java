package io.elottery.controller.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.Wire;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.reports.event.Event;
import io.elottery.reports.priority.Priority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventDeskTest {
  private final Wire wire = new Wire();
  private Path directory;
  private Diary one;
  private Diary two;
  private Diary three;

  @BeforeEach
  void threeMainsTheFirstLeads(@TempDir Path files) {
    directory = files;
    one = new Diary(wire, directory, Diary.MAINS.get(0));
    two = new Diary(wire, directory, Diary.MAINS.get(1));
    three = new Diary(wire, directory, Diary.MAINS.get(2));
    one.leads(3, List.of(one, two, three));
    pass();
  }

  @Test
  void theLeaderNumbersUnderItsFenceAndAllMainsHaveIt() {
    one.record("a");
    two.record("b");
    pass();

    for (Diary each : List.of(one, two, three)) {
      assertThat(each.texts()).containsExactly("a", "b");
      assertThat(each.events().stream().map(Event::number))
          .containsExactly(300_000_001L, 300_000_002L);
    }
  }

  @Test
  void whatIsRecordedWhileNobodyActsIsNumberedOnceSomebodyDoes() {
    one.halves.deposed(Hemisphere.LEFT, "test");
    wire.remove(one.station);
    two.record("nobody acts");
    three.record("really nobody");
    pass();
    assertThat(two.texts()).isEmpty();

    two.leads(4, List.of(two, three));
    pass();

    assertThat(three.texts()).containsExactlyInAnyOrder("nobody acts", "really nobody");
    assertThat(two.events()).isEqualTo(three.events());
  }

  @Test
  void aMainThatWasAwayIsToldWhatItMissed() {
    one.record("before");
    pass();
    three.station.cut = true;
    one.record("meanwhile");
    pass();
    three.station.cut = false;
    three.desk.connected(new Peer(one.id, Role.MAIN));
    pass();
    assertThat(three.texts()).containsExactly("before", "meanwhile");

    three.station.cut = true;
    one.record("missed too");
    pass();
    three.station.cut = false;
    one.record("next");
    pass();
    assertThat(three.texts()).containsExactly("before", "meanwhile", "missed too", "next");
  }

  @Test
  void aTakeOverAndARestartGiveNoNumberTwiceAndForgetNothing() {
    one.record("first");
    pass();
    // The leader writes one more that nobody hears of, and dies.
    two.station.cut = true;
    three.station.cut = true;
    one.record("unheard");
    wire.remove(one.station);
    two.station.cut = false;
    three.station.cut = false;
    two.leads(5, List.of(two, three));
    two.record("second");
    pass();
    Diary again = new Diary(wire, directory, one.id);
    again.desk.connected(new Peer(two.id, Role.MAIN));
    two.desk.connected(new Peer(one.id, Role.MAIN));
    three.desk.connected(new Peer(one.id, Role.MAIN));
    pass();

    again.leads(6, List.of(again, two, three));
    again.record("third");
    pass();

    for (Diary each : List.of(again, two, three)) {
      assertThat(each.texts()).containsExactly("first", "unheard", "second", "third");
    }
    assertThat(again.events().stream().map(Event::number)).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void theSameOfferTwiceIsOneEvent() {
    // The answer is lost, so the offer is made again, to the next leader too.
    two.record("once");
    wire.settle();
    pass();
    wire.remove(one.station);
    two.leads(4, List.of(two, three));
    pass();

    assertThat(three.texts()).containsExactly("once");
  }

  @Test
  void aTornLastLineLosesItselfOnly() throws IOException {
    one.record("whole");
    Path file = directory.resolve("main-1").resolve("events.log");
    Files.write(
        file, "{\"number\":30000".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    wire.remove(one.station);

    Diary again = new Diary(wire, directory, one.id);
    again.leads(4, List.of(again, two, three));
    again.record("after");
    wire.remove(again.station);

    assertThat(new Diary(wire, directory, one.id).texts()).containsExactly("whole", "after");
  }

  @Test
  void theLogIsBoundedOnDiskAndInMemory() throws IOException {
    Path file = directory.resolve("bounded").resolve("events.log");
    // Only what is written whole matters here; single lines are left out.
    Deque<Runnable> disk = new ArrayDeque<>();
    EventLog log =
        EventLog.open(
            file,
            task -> {
              disk.clear();
              disk.add(task);
            });
    int all = 2 * EventLog.KEPT + 1;
    for (int i = 1; i <= all; i++) {
      Event event =
          new Event(i, Instant.ofEpochSecond(i), Priority.ROUTINE, "NOTED", "network", "n" + i);
      log.add(new Noted(event, "s" + i));
    }
    disk.forEach(Runnable::run);

    assertThat(Files.readAllLines(file)).hasSize(EventLog.KEPT);
    assertThat(log.newestFirst()).hasSize(EventLog.KEPT);
    EventLog again = EventLog.open(file, Runnable::run);
    assertThat(again.highest(0)).isEqualTo(all);
    assertThat(again.knows("s" + all)).isTrue();
    assertThat(again.beyond(new TreeMap<>(), 500)).hasSize(500);
  }

  private void pass() {
    wire.pass(Duration.ofMillis(1_500));
  }
}
