package io.elottery.lottery.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class EveryBitIT {
  @Test
  void anySingleFlippedBitOfABundle_isFound() {
    byte[] file = new SmallDraw(1).bundle().toBytes();
    assertThat(BundleVerifier.verify(file, Optional.empty()).verdict())
        .isEqualTo(Verdict.SELF_CONSISTENT_ONLY);

    for (int bit = 0; bit < file.length * 8; bit++) {
      assertThat(verdictFlipped(bit, file))
          .as("bit %d of byte %d", bit % 8, bit / 8)
          .isEqualTo(Verdict.REFUSED);
    }
  }

  /** What is said of the bundle with this bit flipped; no key is pinned. */
  static Verdict verdictFlipped(int bit, byte[] file) {
    byte[] flipped = file.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return BundleVerifier.verify(flipped, Optional.empty()).verdict();
  }
}
