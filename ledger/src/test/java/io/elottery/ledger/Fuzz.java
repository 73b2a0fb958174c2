package io.elottery.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.wire.MalformedMessage;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;

/** Cuts and flips bytes of a message: only {@link MalformedMessage} may come of it. */
public final class Fuzz {
  private static final int FLIPS = 3_000;
  private static final long BYTES_MAX = 1 << 20; // Classes are loaded on the way.

  /** Reads a message. */
  @FunctionalInterface
  public interface Reader {
    /** Reads all of the bytes. */
    void read(byte[] bytes) throws MalformedMessage;
  }

  private Fuzz() {}

  /** Every shorter message is refused, and every damaged one is read or refused, at small cost. */
  public static void check(byte[] message, Reader reader) {
    for (int length = 0; length < message.length; length++) {
      byte[] cut = Arrays.copyOf(message, length);
      assertThat(refuses(reader, cut)).as("cut to %d of %d", length, message.length).isTrue();
    }
    damaged(message, reader);
  }

  /** Every damaged message is read or refused; for those whose end is open. */
  public static void damaged(byte[] message, Reader reader) {
    for (int seed = 0; seed < FLIPS; seed++) {
      Random random = new Random(seed);
      byte[] bytes = message.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
        int at = random.nextInt(bytes.length);
        bytes[at] = (byte) (random.nextBoolean() ? bytes[at] ^ 1 << random.nextInt(8) : 0xff);
      }
      if (random.nextInt(4) == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 8));
      }
      refuses(reader, bytes);
    }
  }

  private static boolean refuses(Reader reader, byte[] bytes) {
    long before = allocated();
    try {
      reader.read(bytes);
      return false;
    } catch (MalformedMessage expected) {
      return true;
    } catch (RuntimeException escaped) {
      throw new AssertionError("escaped for " + Arrays.toString(bytes), escaped);
    } finally {
      assertThat(allocated() - before)
          .as("bytes allocated for %s", Arrays.toString(bytes))
          .isLessThan(BYTES_MAX + 200L * bytes.length);
    }
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
