package io.elottery.controller.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.order.Lead;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShareTest {
  @Test
  void aShareIsTheGoldenBytes() throws MalformedMessage {
    Share share =
        new Share(
            new Lead(Hemisphere.RIGHT, NodeId.of("main-2"), 4),
            List.of(
                new Judgement(
                    NodeId.of("worker-1"),
                    Hemisphere.RIGHT,
                    Verdict.UP,
                    Instant.ofEpochMilli(7),
                    Optional.empty(),
                    List.of())));

    assertThat(HexFormat.of().formatHex(share.envelope().body()))
        .isEqualTo(
            "01066d61696e2d320000000000000004"
                + "01"
                + "08776f726b65722d31"
                + "01"
                + "00"
                + "0000000000000007"
                + "00"
                + "00");
    assertThat(Share.parse(share.envelope().body())).isEqualTo(share);
  }

  @Test
  void anEnrolRelayIsTheGoldenBytes() throws MalformedMessage {
    EnrolRelay relay =
        new EnrolRelay(
            new Peer(NodeId.of("joining-1"), Role.JOINING),
            new Envelope(0x0301, 1, new byte[] {7}));

    assertThat(HexFormat.of().formatHex(relay.envelope().body()))
        .isEqualTo("096a6f696e696e672d31" + "076a6f696e696e67" + "0301" + "01" + "0107");
    assertThat(EnrolRelay.parse(relay.envelope().body())).isEqualTo(relay);
  }
}
