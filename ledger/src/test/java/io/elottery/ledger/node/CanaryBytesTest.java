package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.wire.Envelope;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.shard.ShardId;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** {@code docs/formats/ledger.md}: 0211 and 0212. */
class CanaryBytesTest {
  @Test
  void canaryAndItsAnswerAreTheGoldenBytes() {
    Envelope canary = Canaries.message(LedgerKinds.CANARY, new ShardId(3), 300, 0);
    Envelope back = Canaries.message(LedgerKinds.CANARY_BACK, new ShardId(3), 300, 5);

    assertThat(canary.kind()).isEqualTo(0x0211);
    assertThat(HexFormat.of().formatHex(canary.body())).isEqualTo("0003" + "ac02" + "00");
    assertThat(back.kind()).isEqualTo(0x0212);
    assertThat(HexFormat.of().formatHex(back.body())).isEqualTo("0003" + "ac02" + "05");
  }
}
