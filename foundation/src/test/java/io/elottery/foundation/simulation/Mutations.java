package io.elottery.foundation.simulation;

import io.elottery.foundation.wire.Envelope;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Makes hostile messages of valid ones: flipped bits, truncation, lengths that lie, numbers out of
 * range, parts twice or missing, deep and huge JSON, another kind or version. The same seed makes
 * the same messages.
 */
public final class Mutations {
  private static final long[] EXTREMES = {
    0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 48, 0x7f
  };
  private static final List<String> JSON_VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "1e999",
          "NaN",
          "0.5",
          "\"\"",
          "\"\\u0000\\n2026 ERROR forged\"",
          "{}",
          "[]",
          "[[[[[[[[]]]]]]]]",
          "\"NaN\"");
  private static final int HUGE = 100_000;

  private final SimRandom random;

  /** With a seed. */
  public Mutations(long seed) {
    random = SimRandom.named(seed, "mutations");
  }

  /** One of them. */
  public <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** A number below the bound. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** A hostile message made of a valid one. */
  public Envelope of(Envelope valid) {
    return switch (random.nextInt(12)) {
      case 0 -> new Envelope(valid.kind(), random.nextInt(256), valid.body());
      case 1 -> new Envelope(random.nextInt(0x600), valid.version(), valid.body());
      case 2 -> new Envelope(valid.kind(), valid.version(), new byte[0]);
      default -> new Envelope(valid.kind(), valid.version(), of(valid.body()));
    };
  }

  /** Hostile bytes made of valid ones. */
  public byte[] of(byte[] valid) {
    byte[] bytes = valid.clone();
    for (int rounds = 1 + random.nextInt(2); rounds > 0; rounds--) {
      bytes = looksLikeJson(bytes) && random.nextInt(3) > 0 ? json(bytes) : once(bytes);
    }
    return bytes;
  }

  private byte[] once(byte[] bytes) {
    if (bytes.length == 0) {
      return random.bytes(1 + random.nextInt(64));
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(9)) {
      case 0 -> flipped(bytes);
      case 1 -> Arrays.copyOf(bytes, at);
      case 2 -> joined(bytes, random.bytes(1 + random.nextInt(200)));
      case 3 -> withNumber(bytes, at, random.nextInt(2) == 0 ? 4 : 8);
      case 4 -> withVarint(bytes, at);
      case 5 -> joined(Arrays.copyOf(bytes, at), new byte[HUGE], rest(bytes, at));
      case 6 -> joined(bytes, rest(bytes, at));
      case 7 -> joined(Arrays.copyOf(bytes, at), rest(bytes, at + random.nextInt(16)));
      default -> random.bytes(bytes.length);
    };
  }

  private byte[] flipped(byte[] bytes) {
    byte[] out = bytes.clone();
    for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
      out[random.nextInt(out.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return out;
  }

  private byte[] withNumber(byte[] bytes, int at, int width) {
    long value = EXTREMES[random.nextInt(EXTREMES.length)];
    byte[] out = bytes.clone();
    for (int i = 0; i < width && at + i < out.length; i++) {
      out[at + i] = (byte) (value >>> 8 * (width - 1 - i));
    }
    return out;
  }

  // A length that promises more than there is, up to the largest number there is.
  private byte[] withVarint(byte[] bytes, int at) {
    byte[] lie = new byte[1 + random.nextInt(9)];
    Arrays.fill(lie, (byte) 0xff);
    lie[lie.length - 1] = 0x7f;
    return joined(Arrays.copyOf(bytes, at), lie, rest(bytes, at + 1));
  }

  private byte[] json(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int colon = text.indexOf(':', random.nextInt(text.length()));
    int end = colon < 0 ? -1 : endOfValue(text, colon + 1);
    String mutated =
        switch (random.nextInt(5)) {
          case 0 -> "[".repeat(HUGE / 4) + text;
          case 1 -> text.replaceFirst("\\{", "{" + "\"a\":{".repeat(2_000));
          case 2 -> text.replaceFirst("\\{", "{\"x\":\"" + "y".repeat(HUGE) + "\",");
          case 3 -> end < 0 ? text : text.substring(0, end) + "," + field(text, end);
          default ->
              end < 0
                  ? text
                  : text.substring(0, colon + 1) + pick(JSON_VALUES) + text.substring(end);
        };
    return mutated.getBytes(StandardCharsets.ISO_8859_1);
  }

  // The same field a second time.
  private static String field(String text, int end) {
    int from = Math.max(text.lastIndexOf(',', end - 1), text.lastIndexOf('{', end - 1));
    return text.substring(Math.max(0, from + 1), end) + text.substring(end);
  }

  private static int endOfValue(String text, int from) {
    int at = from;
    while (at < text.length() && ",}]".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static boolean looksLikeJson(byte[] bytes) {
    return bytes.length > 2 && bytes[0] == '{' && bytes[1] == '"';
  }

  private static byte[] rest(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
