package io.elottery.controller.votes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.controller.Wire;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.head.HeadAlarm;
import io.elottery.ledger.shard.ShardId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an auditor says of a shard's history is written down. */
final class HeadAlarmsTest {
  private static final HeadAlarm ALARM =
      new HeadAlarm(new ShardId(3), HeadAlarm.Kind.FORKED, "two histories");

  private final Wire wire = new Wire();
  private final Wire.Station main = wire.station("main-1", Role.MAIN);
  private final Wire.Station auditor = wire.station("auditor-1", Role.AUDITOR);
  private final Wire.Station stranger = wire.station("worker-9", Role.WORKER);
  private final List<String> events = new ArrayList<>();

  @Test
  void itIsRecordedOnceAndFromAuditorsOnly() {
    new HeadAlarms(
            wire,
            half -> true,
            (severity, code, subject, text) ->
                events.add(severity + " " + code + " " + subject + " " + text))
        .start(main.board);

    stranger.board.send(main.id, ALARM.envelope());
    auditor.board.send(main.id, ALARM.envelope());
    auditor.board.send(main.id, ALARM.envelope());
    wire.settle();

    assertThat(events)
        .containsExactly("CRITICAL LEDGER_FORKED shard-3 auditor-1 found: two histories");
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
