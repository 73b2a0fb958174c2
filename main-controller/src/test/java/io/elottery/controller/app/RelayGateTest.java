package io.elottery.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.SystemTime;
import io.elottery.ledger.call.CommandCall;
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

  private final RelayGate gate = new RelayGate(new SystemTime());

  @Test
  void anAuditorTakesItsOwnStepsOnly() {
    assertThat(gate.test(AUDITOR, commit("AUDITOR"))).isTrue();
    assertThat(gate.test(AUDITOR, commit("AUDITOR-2"))).isTrue();
    assertThat(gate.test(AUDITOR, commit("LEFT"))).isFalse();
    assertThat(gate.test(AUDITOR, command(new byte[] {1, 2, 3}))).isFalse();
  }

  @Test
  void anAuditorMayAskAnything() {
    assertThat(gate.test(AUDITOR, CommandCall.query("branch/TOR", Duration.ZERO, new byte[1])))
        .isTrue();
  }

  @Test
  void aWorkerSendsNothingThroughMain() {
    assertThat(gate.test(new Peer(NodeId.of("worker-1"), Role.WORKER), commit("AUDITOR")))
        .isFalse();
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
