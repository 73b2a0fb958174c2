package io.elottery.lottery.id;

import io.elottery.foundation.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A ticket's id: the first 16 bytes of SHA-256 over player, draw and key, in hex. Whoever asks with
 * the same key means the same ticket, for ever; the client's side can compute it before it asks.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
public record TicketId(long high, long low) implements Comparable<TicketId> {
  private static final byte[] DOMAIN = "elottery/ticket/v1\0".getBytes(StandardCharsets.US_ASCII);

  /** The id of the ticket that this player asks for with this key in this draw. */
  public static TicketId of(PlayerId player, DrawRef draw, RequestKey key) {
    MessageDigest sha256 = Sha256.running();
    sha256.update(DOMAIN);
    sha256.update(player.toString().getBytes(StandardCharsets.US_ASCII));
    sha256.update((byte) 0);
    sha256.update(draw.toString().getBytes(StandardCharsets.US_ASCII));
    sha256.update((byte) 0);
    sha256.update(key.text().getBytes(StandardCharsets.US_ASCII));
    byte[] digest = sha256.digest();
    return new TicketId(number(digest, 0), number(digest, 8));
  }

  /**
   * Reads 32 lower case hex digits.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static TicketId parse(String text) {
    if (text.length() != 32 || !text.chars().allMatch(TicketId::isHexDigit)) {
      throw new IllegalArgumentException("ticket \"" + text + "\": expected 32 digits of 0-9 a-f");
    }
    byte[] bytes = HexFormat.of().parseHex(text);
    return new TicketId(number(bytes, 0), number(bytes, 8));
  }

  @Override
  public int compareTo(TicketId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }

  private static boolean isHexDigit(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
  }

  private static long number(byte[] bytes, int from) {
    long value = 0;
    for (int i = from; i < from + 8; i++) {
      value = value << 8 | (bytes[i] & 0xff);
    }
    return value;
  }
}
