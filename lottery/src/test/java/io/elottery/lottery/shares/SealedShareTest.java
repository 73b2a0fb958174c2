package io.elottery.lottery.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.canonical.BytesText;
import io.elottery.lottery.merkle.MerkleTree;
import io.elottery.lottery.numbers.Numbers;
import io.elottery.lottery.rules.Pool;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published vectors of the sealed-share draw, profile v1. */
class SealedShareTest {
  private static final String DRAW = "L649-2026-11-21";
  private static final List<Pool> POOLS = List.of(Pool.of("main", 6, 49), Pool.of("bonus", 1, 10));

  @ParameterizedTest
  @CsvSource({
    "1, dadbc6a24554e419, ffe285d4f574b248, 8 17 24 25 33 35, 7",
    "5, c2743a501608b898, 5ebe4c99f70dcd9c, 6 13 15 17 22 29, 3",
    "8, 46a8c9c8645ca9bd, 795b2f8a7421f779, 1 2 16 21 38 42, 10"
  })
  void publishedVector(int tickets, String rootStarts, String seedStarts, String main, int bonus) {
    byte[] root =
        MerkleTree.rootOf(IntStream.range(0, tickets).mapToObj(i -> utf8("ticket-" + i)).toList());
    TreeMap<String, byte[]> shares = new TreeMap<>();
    for (String party : List.of("A", "B", "REG")) {
      shares.put(party, Sha256.of(utf8("secret-" + party)));
    }

    byte[] seed =
        SealedShare.seed(DRAW, Sha256.of(utf8("rules:6/49+1/10:v1")), root, tickets, shares);
    Numbers numbers = Numbers.draw(seed, DRAW, POOLS);

    assertThat(BytesText.hex(root)).startsWith(rootStarts);
    assertThat(BytesText.hex(seed)).startsWith(seedStarts);
    List<String> sorted = numbers.of("main").stream().sorted().map(String::valueOf).toList();
    assertThat(String.join(" ", sorted)).isEqualTo(main);
    assertThat(numbers.of("bonus")).containsExactly(bonus);
  }

  @Test
  void closingText_isTheFourLinesSigned() {
    assertThat(
            new String(
                SealedShare.closingText("powerball:TORM211126", 12, new byte[32]),
                StandardCharsets.UTF_8))
        .isEqualTo(
            "elottery/close/v1\npowerball:TORM211126\n12\n"
                + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
  }

  // RFC 8032 section 7.1, TEST 2.
  @Test
  void signatureOfTheRfc_holdsAndNoOther() {
    byte[] key = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    byte[] signature =
        hex(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");

    assertThat(PartySignature.holds(key, hex("72"), signature)).isTrue();
    assertThat(PartySignature.holds(key, hex("73"), signature)).isFalse();
    assertThat(PartySignature.holds(new byte[31], hex("72"), signature)).isFalse();
    assertThat(PartySignature.holds(key, hex("72"), new byte[64])).isFalse();
  }

  @Test
  void partyNames_haveOneForm() {
    assertThat(List.of("LEFT", "AUDITOR-2")).allMatch(SealedShare::isPartyName);
    assertThat(List.of("", "left", "2ND", "A_B", "A".repeat(33)))
        .noneMatch(SealedShare::isPartyName);
  }

  private static byte[] hex(String text) {
    return BytesText.fromHex(text).orElseThrow();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
