package io.elottery.lottery.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  // RFC 8785 section 3.2.3: keys sort by UTF-16 code units, not by code points.
  @Test
  void keysOfTheRfc_standInItsOrder() throws Exception {
    String input =
        "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet"
            + " With Dagesh\",\"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji: Grinning"
            + " Face\",\"\\u0080\":\"Control\",\"\\u00f6\":\"Latin Small Letter O With"
            + " Diaeresis\"}";

    assertThat(CanonicalJson.text(parse(input)))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small"
                + " Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji:"
                + " Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  // RFC 8785 section 3.2.2.2.
  @Test
  void stringOfTheRfc_isEscapedAsShortAsCanBe() throws Exception {
    assertThat(
            CanonicalJson.text(
                parse(
                    "{\"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"}")))
        .isEqualTo("{\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "1.0",
        "1e3",
        "0.5",
        "-0",
        "01",
        "-",
        "9007199254740992",
        "-9007199254740992",
        "99999999999999999999",
        "null",
        "[1,]",
        "{\"a\":1,}",
        "[1 2]",
        "\"a",
        "\"\t\"",
        "\"\\x41\"",
        "\"\\ud800\"",
        "\"\\u12g4\"",
        "true false",
        "tru",
        "",
        "{a:1}",
        "NaN"
      })
  void whatIsNotStrictJson_isRefused(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(JsonRefused.class);
  }

  @Test
  void brokenUtf8AndTooManyLevels_areRefused() {
    assertThatThrownBy(() -> CanonicalJson.parse(new byte[] {'"', (byte) 0xc0, '"'}))
        .isInstanceOf(JsonRefused.class);
    assertThatThrownBy(() -> parse("[".repeat(40) + "]".repeat(40)))
        .isInstanceOf(JsonRefused.class);
  }

  @Test
  void largestNumbers_areRead() throws Exception {
    assertThat(CanonicalJson.text(parse("[9007199254740991, -9007199254740991, 0, -1]")))
        .isEqualTo("[9007199254740991,-9007199254740991,0,-1]");
  }

  @Test
  void otherSpellingsOfTheSame_areNotCanonical() throws Exception {
    assertThat(canonical("{\"a\":[true,\"é\"]}")).isTrue();
    assertThat(canonical("{ \"a\":[true,\"é\"]}")).isFalse();
    assertThat(canonical("{\"a\":[true,\"\\u00e9\"]}")).isFalse();
    assertThat(canonical("{\"b\":1,\"a\":2}")).isFalse();
  }

  @Test
  void whateverIsWritten_isReadAgain() throws Exception {
    for (long seed = 0; seed < 500; seed++) {
      Json value = value(new Random(seed), 4);
      byte[] written = CanonicalJson.write(value);
      assertThat(CanonicalJson.parseCanonical(written)).as("seed %d", seed).isEqualTo(value);
    }
  }

  @Test
  void brokenBytes_areRefusedAndNothingElse() {
    byte[] good = CanonicalJson.write(value(new Random(7), 4));
    for (long seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      byte[] broken = good.clone();
      broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      try {
        CanonicalJson.parse(broken);
      } catch (JsonRefused refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
  }

  private static Json value(Random random, int depth) {
    switch (random.nextInt(depth > 0 ? 5 : 3)) {
      case 0:
        return new Json.Whole(random.nextLong() >> (11 + random.nextInt(50)));
      case 1:
        return new Json.Flag(random.nextBoolean());
      case 2:
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
          int point = random.nextInt(random.nextBoolean() ? 0x80 : 0x11000);
          text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 'x' : point);
        }
        return new Json.Text(text.toString());
      case 3:
        Json.Fields fields = Json.fields();
        for (int i = random.nextInt(5); i > 0; i--) {
          fields = fields.with("k" + random.nextInt(100), value(random, depth - 1));
        }
        return fields;
      default:
        java.util.List<Json> items = new java.util.ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          items.add(value(random, depth - 1));
        }
        return new Json.Items(items);
    }
  }

  private static boolean canonical(String text) throws JsonRefused {
    try {
      CanonicalJson.parseCanonical(text.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (JsonRefused refused) {
      return false;
    }
  }

  private static Json parse(String text) throws JsonRefused {
    return CanonicalJson.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
