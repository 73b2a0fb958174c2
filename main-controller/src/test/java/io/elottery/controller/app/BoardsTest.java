package io.elottery.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.controller.Wire;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.transport.Lanes;
import io.elottery.foundation.wire.Envelope;
import io.elottery.ledger.LedgerKinds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes over a main's trunks is taken on the loop it belongs to. */
class BoardsTest {
  private final Wire wire = new Wire();
  private final Wire.Station main = wire.station("main-1", Role.MAIN);
  private final Wire.Station relay = wire.station("main-1-relay", Role.MAIN);

  @Test
  void whatGatewaysSayOfLyingCopiesComesToMainsOwnLoop() {
    Lanes lanes = new Lanes();
    Boards boards = Boards.of(lanes, (to, envelope) -> true, main.loop, relay.loop);
    List<Envelope> judged = new ArrayList<>();
    boards.board().on(LedgerKinds.VOTE_REPORT, (from, envelope) -> judged.add(envelope));

    lanes.received(
        new Peer(NodeId.of("gateway-1"), Role.GATEWAY),
        new Envelope(LedgerKinds.VOTE_REPORT, 1, new byte[] {1}));
    wire.pass(Duration.ofMillis(100));

    assertThat(judged).hasSize(1);
    assertThat(lanes.dropped()).isZero();
  }
}
