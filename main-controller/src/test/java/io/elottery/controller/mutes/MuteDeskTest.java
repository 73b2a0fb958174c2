package io.elottery.controller.mutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.MapRecords;
import io.elottery.controller.Wire;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Role;
import io.elottery.reports.mute.Mute;
import io.elottery.reports.mute.Mutes;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MuteDeskTest {
  private final Wire wire = new Wire();
  private final MapRecords records = new MapRecords();
  private final List<String> events = new ArrayList<>();
  private final Main first = new Main("main-1");
  private final Main second = new Main("main-2");
  private final Trouble slow = trouble(Priority.WARNING);

  private final class Main {
    final Hemispheres halves;
    final MuteDesk desk;

    Main(String name) {
      Wire.Station station = wire.station(name, Role.MAIN);
      halves = new Hemispheres(station.id);
      desk =
          new MuteDesk(
              records,
              station.loop,
              wire,
              (severity, code, subject, text) -> events.add(code + " " + text));
      halves.add(desk);
      desk.start();
    }
  }

  @BeforeEach
  void elect() {
    first.halves.elected(Hemisphere.LEFT, 4);
    wire.settle();
    first.desk.changed(List.of(slow));
    second.desk.changed(List.of(slow));
  }

  @Test
  void muteSurvivesATakeOver() {
    first.desk.add(mute(Duration.ofHours(1))).join();
    second.halves.elected(Hemisphere.LEFT, 5);
    wire.pass(Duration.ofSeconds(2));

    assertThat(second.desk.current().orElseThrow().over(slow)).isPresent();
    assertThat(first.desk.current().orElseThrow().over(slow)).isPresent();
  }

  @Test
  void endIsAnEventAndRecorded() {
    first.desk.add(mute(Duration.ofMinutes(1))).join();
    wire.pass(Duration.ofSeconds(65));

    assertThat(first.desk.current()).hasValue(Mutes.NONE);
    assertThat(records.values.get("mutes")).isEqualTo(Mutes.NONE.encode());
    assertThat(events).hasSize(2);
    assertThat(events.get(0)).startsWith("MUTE_BEGUN ops muted SERVER_SLOW:worker-7 until");
    assertThat(events.get(1))
        .isEqualTo("MUTE_ENDED The mute of SERVER_SLOW:worker-7 ended, because its time is over.");
  }

  @Test
  void worseTroubleEndsItAlsoWhileTheRegistryIsAway() {
    first.desk.add(mute(Duration.ofHours(1))).join();
    records.away = true;
    first.desk.changed(List.of(trouble(Priority.CRITICAL)));

    assertThat(first.desk.current()).hasValue(Mutes.NONE);
    wire.pass(Duration.ofSeconds(5));
    records.away = false;
    wire.pass(Duration.ofSeconds(3));
    assertThat(records.values.get("mutes")).isEqualTo(Mutes.NONE.encode());
    assertThat(events).hasSize(2);
  }

  @Test
  void muteThatWasNotRecordedIsNotInForce() {
    records.away = true;

    assertThat(first.desk.add(mute(Duration.ofHours(1)))).isCompletedExceptionally();
    assertThat(first.desk.current()).hasValue(Mutes.NONE);
    assertThat(events).isEmpty();
  }

  @Test
  void handEndsIt() {
    Mute mute = mute(Duration.ofHours(1));
    first.desk.add(mute).join();
    first.desk.unmute(mute, "officer1").join();

    assertThat(first.desk.current()).hasValue(Mutes.NONE);
    assertThat(events.get(1)).endsWith("because officer1 ended it.");
  }

  private Mute mute(Duration lasting) {
    return Mute.over(
            List.of(slow),
            "m-1",
            Optional.of("SERVER_SLOW"),
            "worker-7",
            "ops",
            "disk is exchanged",
            wire.now(),
            wire.now().plus(lasting))
        .orElseThrow();
  }

  private Trouble trouble(Priority severity) {
    return new Trouble(
        "SERVER_SLOW",
        "worker-7",
        severity,
        wire.now(),
        "what",
        "impact",
        Optional.empty(),
        List.of(),
        "",
        "next");
  }
}
