package io.elottery.controller.votes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.controller.Wire;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.head.HeadAlarm;
import io.elottery.ledger.shard.ShardId;
import io.elottery.reports.trouble.Surroundings.LedgerAlarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an auditor says of a shard's history stands. */
final class HeadAlarmsTest {
  private static final HeadAlarm ALARM =
      new HeadAlarm(new ShardId(3), HeadAlarm.Kind.FORKED, "two histories");

  private final Wire wire = new Wire();
  private final Wire.Station main = wire.station("main-1", Role.MAIN);
  private final Wire.Station auditor = wire.station("auditor-1", Role.AUDITOR);
  private final Wire.Station stranger = wire.station("worker-9", Role.WORKER);
  private final Set<NodeId> connected = new HashSet<>();
  private final List<String> looks = new ArrayList<>();
  private final HeadAlarms alarms = new HeadAlarms(wire, connected::contains);

  @BeforeEach
  void start() {
    connected.add(auditor.id);
    alarms.start(main.board, () -> looks.add("again"));
  }

  @Test
  void itStandsOnceAndFromAuditorsOnly() {
    stranger.board.send(main.id, ALARM.envelope());
    wire.settle();
    assertThat(alarms.standing()).isEmpty();

    auditor.board.send(main.id, ALARM.envelope());
    auditor.board.send(main.id, ALARM.envelope());
    wire.settle();

    assertThat(alarms.standing())
        .containsExactly(new LedgerAlarm("LEDGER_FORKED", "shard-3", auditor.id, "two histories"));
    assertThat(looks).hasSize(2);
  }

  @Test
  void anAuditorThatIsConnectedTakesItBackByItsSilenceOneThatIsGoneDoesNot() {
    auditor.board.send(main.id, ALARM.envelope());
    wire.settle();

    connected.clear();
    wire.pass(Duration.ofMinutes(5));
    assertThat(alarms.standing()).hasSize(1);

    connected.add(auditor.id);
    assertThat(alarms.standing()).isEmpty();
  }

  @Test
  void bytesAreAsRecorded() throws MalformedMessage {
    assertThat(ALARM.envelope().body())
        .isEqualTo(
            new byte[] {
              0, 3, 0, 13, 't', 'w', 'o', ' ', 'h', 'i', 's', 't', 'o', 'r', 'i', 'e', 's'
            });
    assertThat(HeadAlarm.of(ALARM.envelope())).isEqualTo(ALARM);
    assertThatThrownBy(
            () -> HeadAlarm.of(new Envelope(LedgerKinds.HEAD_ALARM, 1, new byte[] {0, 3, 2, 0})))
        .isInstanceOf(MalformedMessage.class);
  }
}
