package io.elottery.keyvault.pieces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.vault.Compartment;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KeyPieceTest {
  private static final KeyPiece PIECE =
      new KeyPiece(Compartment.LEFT, 1, 3, 5, Secret.of(new byte[32]));

  @Test
  void textIsGolden() {
    assertThat(PIECE.text()).isEqualTo("elp1-left-g1-3-of-5-" + "a".repeat(52) + "-zy5556fp");
    assertThat(PIECE.label()).isEqualTo("elp1-left-g1-3-of-5");
    assertThat(PIECE.toString()).isEqualTo("elp1-left-g1-3-of-5 «secret»");
  }

  @Test
  void textIsReadAgainWhateverItsBlanksAndCapitals() throws Exception {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      byte[] share = new byte[32];
      random.nextBytes(share);
      int pieces = 2 + random.nextInt(254);
      KeyPiece piece =
          new KeyPiece(
              Compartment.values()[random.nextInt(3)],
              1 + random.nextInt(1_000),
              1 + random.nextInt(pieces),
              pieces,
              Secret.of(share));

      assertThat(KeyPiece.parse(piece.text())).as("seed %d", seed).isEqualTo(piece);
      assertThat(KeyPiece.parse(" " + piece.text().toUpperCase(Locale.ROOT).replace("-G", "\n-g")))
          .isEqualTo(piece);
    }
  }

  @Test
  void everySlipOfThePenIsFound() {
    String text =
        new KeyPiece(Compartment.NETWORK, 2, 1, 3, Secret.random(new SecureRandomSource(), 32))
            .text();

    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'b' ? 'c' : 'b';
      String slip = text.substring(0, i) + other + text.substring(i + 1);
      assertRefused(slip);
      assertRefused(text.substring(0, i) + text.substring(i + 1));
    }
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) != text.charAt(i - 1)) {
        assertRefused(
            text.substring(0, i - 1) + text.charAt(i) + text.charAt(i - 1) + text.substring(i + 1));
      }
    }
  }

  @Test
  void commitmentIsOfThisPieceAlone() {
    assertThat(PIECE.commitment())
        .isNotEqualTo(new KeyPiece(Compartment.RIGHT, 1, 3, 5, PIECE.share()).commitment())
        .isNotEqualTo(new KeyPiece(Compartment.LEFT, 2, 3, 5, PIECE.share()).commitment())
        .isNotEqualTo(new KeyPiece(Compartment.LEFT, 1, 4, 5, PIECE.share()).commitment());
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> KeyPiece.parse(text))
        .as(text)
        .isInstanceOf(PieceRefused.class)
        .extracting(refused -> ((PieceRefused) refused).why())
        .isEqualTo(PieceRefused.Why.MISTYPED);
  }
}
