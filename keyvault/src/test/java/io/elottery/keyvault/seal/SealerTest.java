package io.elottery.keyvault.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SealerTest {
  private static final byte[] PLAIN = "the plain text".getBytes(StandardCharsets.UTF_8);

  private final RandomSource random = new SecureRandomSource();
  private final PassphraseKdf kdf = PassphraseKdf.fresh(KdfCost.FAST, random);
  private final Sealer sealer = Sealer.fromPassphrase(kdf, "right", random);

  @Test
  void samePassphraseAndParametersOpenIt() throws Exception {
    byte[] bytes = sealer.seal("vault/a", PLAIN);

    assertThat(Sealer.fromPassphrase(kdf, "right", random).open("vault/a", bytes)).isEqualTo(PLAIN);
  }

  @Test
  void wrongPassphraseIsRefused() {
    byte[] bytes = sealer.seal("vault/a", PLAIN);
    Sealer wrong = Sealer.fromPassphrase(kdf, "wrong", random);

    assertThatThrownBy(() -> wrong.open("vault/a", bytes)).isInstanceOf(SealBroken.class);
  }

  @Test
  void otherContextIsRefused() {
    byte[] bytes = sealer.seal("vault/a", PLAIN);

    assertThatThrownBy(() -> sealer.open("vault/b", bytes)).isInstanceOf(SealBroken.class);
  }

  @Test
  void anyFlippedBitAndAnyCutIsRefused() {
    byte[] bytes = sealer.seal("vault/a", PLAIN);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> sealer.open("vault/a", flipped)).isInstanceOf(SealBroken.class);
    }
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> sealer.open("vault/a", cut)).isInstanceOf(SealBroken.class);
    }
  }

  @Test
  void sealsTheSameTextDifferentlyEachTime() {
    assertThat(sealer.seal("vault/a", PLAIN)).isNotEqualTo(sealer.seal("vault/a", PLAIN));
    assertThat(sealer).hasToString("Sealer[«secret»]");
  }

  @Test
  void standardCostIsSixtyFourMebibytesAndThreePasses() {
    assertThat(KdfCost.STANDARD).isEqualTo(new KdfCost(65_536, 3, 1));
    assertThatThrownBy(() -> new KdfCost(7, 1, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
