package io.elottery.controller.hemisphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.Wire;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.heartbeat.registry.RegistryState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistrySessionTest {
  private final Wire wire = new Wire();
  private final RegistrySession session = new RegistrySession(wire);
  private final List<String> events = new ArrayList<>();

  RegistrySessionTest() {
    new SessionAlarm(
            NodeId.of("main-1"),
            session,
            (severity, code, subject, text) -> events.add(severity + " " + code + " " + subject))
        .start(wire.station("main-1", Role.MAIN).loop);
  }

  @Test
  void aFirstConnectionMayTakeAMoment_andIsMissedAfterThat() {
    wire.pass(RegistrySession.FIRST_CONNECTION);
    assertThat(events).isEmpty();

    wire.pass(Duration.ofSeconds(1));
    assertThat(events).containsExactly("CRITICAL REGISTRY_LOST zookeeper");
  }

  @Test
  void silenceAloneIsNoAbsence() {
    session.changed(RegistryState.CONNECTED);
    session.changed(RegistryState.SUSPENDED);
    wire.pass(Duration.ofSeconds(1));

    assertThat(session.isCertain()).isFalse();
    assertThat(session.awaySince()).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void aLostSessionIsSaidOnceAndItsReturnToo() {
    session.changed(RegistryState.CONNECTED);
    session.changed(RegistryState.SUSPENDED);
    wire.pass(Duration.ofSeconds(2));
    session.changed(RegistryState.LOST);
    wire.pass(Duration.ofSeconds(5));
    assertThat(session.uncertainFor()).isEqualTo(Duration.ofSeconds(7));
    session.changed(RegistryState.SUSPENDED);
    assertThat(session.awaySince()).as("an attempt to connect").isPresent();

    session.changed(RegistryState.CONNECTED);
    session.changed(RegistryState.SUSPENDED);
    session.changed(RegistryState.CONNECTED);
    wire.pass(Duration.ofSeconds(5));

    assertThat(events)
        .containsExactly("CRITICAL REGISTRY_LOST zookeeper", "NOTICE REGISTRY_BACK zookeeper");
  }
}
