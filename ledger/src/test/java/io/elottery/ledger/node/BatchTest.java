package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.ledger.Fuzz;
import io.elottery.ledger.call.Question;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of a log entry. */
final class BatchTest {
  private static final String GOLDEN =
      "02"
          + "0000019aa1f4e000"
          + "07".repeat(32)
          + "03"
          + "03616263"
          + "00"
          + "01ff"
          + "01"
          + "11"
          + "05".repeat(16)
          + "2a";

  private static final Batch BATCH =
      new Batch(
          Instant.ofEpochMilli(0x19aa1f4e000L),
          filled(),
          List.of(new byte[] {'a', 'b', 'c'}, new byte[0], new byte[] {-1}),
          List.of(new Question(HexFormat.of().parseHex("05".repeat(16)), new byte[] {42})));

  @Test
  void bytesAreTheDocumentedOnes() {
    assertThat(HexFormat.of().formatHex(BATCH.encode())).isEqualTo(GOLDEN);
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws MalformedMessage {
    Batch read = Batch.decode(HexFormat.of().parseHex(GOLDEN));

    assertThat(read.stampedAt()).isEqualTo(BATCH.stampedAt());
    assertThat(read.random()).isEqualTo(BATCH.random());
    assertThat(read.commands()).containsExactlyElementsOf(BATCH.commands());
    assertThat(read.questions()).hasSize(1);
    assertThat(read.questions().get(0).query()).containsExactly(42);
  }

  @Test
  void everyCommandHasItsOwnChance() {
    assertThat(HexFormat.of().formatHex(BATCH.randomOf(0))).isEqualTo(CHANCE_0);
    assertThat(BATCH.randomOf(1)).isNotEqualTo(BATCH.randomOf(0));
  }

  @Test
  void damageIsMalformedAndNothingElse() {
    Fuzz.check(BATCH.encode(), Batch::decode);
  }

  @Test
  void anotherFormatIsRefusedWithItsNumber() {
    byte[] bytes = BATCH.encode();
    bytes[0] = 3;

    assertThatThrownBy(() -> Batch.decode(bytes))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("format 3");
  }

  private static byte[] filled() {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }

  // SHA-256 of 32 bytes 07 and four bytes 00.
  private static final String CHANCE_0 =
      "d9e38b473502700d571476b369f9bfe8d287c24cf1a09a55781172b1fcd0613a";
}
