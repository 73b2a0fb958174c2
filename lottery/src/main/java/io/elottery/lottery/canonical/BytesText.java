package io.elottery.lottery.canonical;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Bytes as text: lower-case hex, and padded base64 with zero spare bits. Each run of bytes has one
 * text; the decoders of the JDK take several, so what they read is written again and compared.
 */
public final class BytesText {
  private BytesText() {}

  /** Lower-case hex. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Padded base64. */
  public static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The bytes behind lower-case hex; empty for any other text. */
  public static Optional<byte[]> fromHex(String text) {
    try {
      byte[] bytes = HexFormat.of().parseHex(text);
      return hex(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException notHex) {
      return Optional.empty();
    }
  }

  /** The bytes behind padded base64 with zero spare bits; empty for any other text. */
  public static Optional<byte[]> fromBase64(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return base64(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
