package io.elottery.keyvault.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.seal.KdfCost;
import io.elottery.keyvault.seal.PassphraseKdf;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class VaultHeaderTest {
  private static final VaultHeader MIXED = mixed();

  @Test
  void bytesAreGolden() {
    assertThat(HexFormat.of().formatHex(MIXED.encoded()))
        .isEqualTo(
            "01" // format
                + "00000007" // generation
                + "01" // Argon2id follows
                + "00000400"
                + "00000001"
                + "00000001"
                + "00".repeat(16)
                + "01"
                + "03010203" // network: passphrase, wrapped key
                + "02"
                + "02"
                + "02"
                + "01".repeat(32)
                + "02".repeat(32)
                + "0104" // left: 2 of 2
                + "01"
                + "0105"); // right: passphrase
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    VaultHeader read = VaultHeader.decoded(MIXED.encoded());

    assertThat(read.encoded()).isEqualTo(MIXED.encoded());
    assertThat(read.generation()).isEqualTo(7);
    assertThat(read.pieces(Compartment.LEFT).orElseThrow().threshold()).isEqualTo(2);
    assertThat(read.pieces(Compartment.RIGHT)).isEmpty();
  }

  @Test
  void whateverComesTheDecoderRefusesOrReads() {
    byte[] good = MIXED.encoded();
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      if (random.nextInt(3) == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 20));
      }
      try {
        byte[] again = VaultHeader.decoded(bytes).encoded();
        assertThat(again).as("seed %d", seed).isEqualTo(bytes);
      } catch (MalformedMessage refused) {
        assertThat(refused).as("seed %d", seed).hasMessageMatching("(?s).+");
      }
    }
  }

  private static VaultHeader mixed() {
    byte[] one = new byte[32];
    byte[] two = new byte[32];
    Arrays.fill(one, (byte) 1);
    Arrays.fill(two, (byte) 2);
    Map<Compartment, Lock> locks = new EnumMap<>(Compartment.class);
    locks.put(Compartment.NETWORK, new Lock.Passphrase(new byte[] {1, 2, 3}));
    locks.put(Compartment.LEFT, new Lock.Pieces(2, List.of(one, two), new byte[] {4}));
    locks.put(Compartment.RIGHT, new Lock.Passphrase(new byte[] {5}));
    return new VaultHeader(7, Optional.of(new PassphraseKdf(KdfCost.FAST, new byte[16])), locks);
  }
}
