package io.elottery.keyvault.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The vectors of RFC 5869 appendix A for SHA-256. */
final class HkdfTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void basicCase() {
    check(
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
        "000102030405060708090a0b0c",
        "f0f1f2f3f4f5f6f7f8f9",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  }

  @Test
  void longerInputsAndOutputs() {
    check(
        range(0x00, 0x50),
        range(0x60, 0xb0),
        range(0xb0, 0x100),
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
            + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
            + "cc30c58179ec3e87c14c01d5c1f3434f1d87");
  }

  @Test
  void emptySaltAndInfo() {
    check(
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
        "",
        "",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  }

  @Test
  void refusesMoreThanTheHashCanGive() {
    assertThatThrownBy(() -> Hkdf.derive(new byte[1], new byte[0], new byte[0], 8161))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void check(String input, String salt, String info, String output) {
    byte[] derived =
        Hkdf.derive(
            HEX.parseHex(input), HEX.parseHex(salt), HEX.parseHex(info), output.length() / 2);

    assertThat(HEX.formatHex(derived)).isEqualTo(output);
  }

  private static String range(int from, int until) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < until; i++) {
      text.append(HEX.toHexDigits((byte) i));
    }
    return text.toString();
  }
}
