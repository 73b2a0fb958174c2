package io.elottery.ledger.vote;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.Fuzz;
import io.elottery.ledger.shard.ShardId;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes of what a gateway tells of a vote. */
final class VoteReportTest {
  private static final VoteReport REPORT =
      VoteReport.of(
          "catalog",
          new ShardId(258),
          new byte[] {1, 2},
          Map.of(
              NodeId.of("worker-1"), Said.WRONG,
              NodeId.of("worker-2"), Said.SILENT,
              NodeId.of("worker-3"), Said.RIGHT),
          Map.of(NodeId.of("worker-1"), 3));

  @Test
  void bytesAreTheDocumentedOnes() {
    assertThat(HexFormat.of().formatHex(REPORT.envelope().body()))
        .isEqualTo(
            "07636174616c6f67"
                + "0102"
                + "020102"
                + "02"
                + "08776f726b65722d31"
                + "0103"
                + "08776f726b65722d32"
                + "0200");
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws MalformedMessage {
    VoteReport read = VoteReport.of(REPORT.envelope());

    assertThat(read.odd()).isEqualTo(REPORT.odd()).hasSize(2);
    assertThat(read.rows()).isEqualTo(REPORT.rows());
    assertThat(read.query()).isEqualTo(REPORT.query());
  }

  @Test
  void damageIsMalformedAndNothingElse() {
    Envelope envelope = REPORT.envelope();
    Fuzz.damaged(envelope.body(), bytes -> VoteReport.of(new Envelope(envelope.kind(), 1, bytes)));
  }
}
