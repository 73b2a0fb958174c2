package io.elottery.controller.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.SystemTime;
import io.elottery.ledger.call.CommandCall;
import io.elottery.ledger.mailroom.RelayRule.Ruling;
import io.elottery.lottery.command.PartyCommand;
import io.elottery.lottery.id.DrawId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RelayGateTest {
  private static final Peer AUDITOR = new Peer(NodeId.of("auditor-1"), Role.AUDITOR);

  private final RelayGate gate = new RelayGate(new SystemTime(), RelayConfig.defaults());

  @Test
  void anAuditorTakesItsOwnStepsOnly() {
    assertThat(gate.of(AUDITOR, commit("AUDITOR"))).isEqualTo(Ruling.PASS);
    assertThat(gate.of(AUDITOR, commit("AUDITOR-2"))).isEqualTo(Ruling.PASS);
    assertThat(gate.of(AUDITOR, commit("LEFT"))).isEqualTo(Ruling.NOT_ALLOWED);
    assertThat(gate.of(AUDITOR, command(new byte[] {1, 2, 3}))).isEqualTo(Ruling.NOT_ALLOWED);
  }

  @Test
  void anAuditorMayAskAnything() {
    assertThat(gate.of(AUDITOR, CommandCall.query("branch/TOR", Duration.ZERO, new byte[1])))
        .isEqualTo(Ruling.PASS);
  }

  @Test
  void aWorkerSendsNothingThroughMain() {
    assertThat(gate.of(new Peer(NodeId.of("worker-1"), Role.WORKER), commit("AUDITOR")))
        .isEqualTo(Ruling.NOT_ALLOWED);
  }

  private static CommandCall commit(String party) {
    DrawRef draw = new DrawRef(GameName.of("powerball"), DrawId.parse("TORM211126"));
    return command(
        new PartyCommand.CommitShare(draw, PartyName.of(party), Octets.of(new byte[32])).encode());
  }

  private static CommandCall command(byte[] body) {
    return CommandCall.command("branch/TOR", Duration.ofSeconds(1), body);
  }
}
