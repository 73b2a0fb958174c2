package io.elottery.lottery.register;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.rules.Pool;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One ticket's chance: its salt and its quick pick, out of the 32 random bytes that the writer
 * recorded with the batch and the ticket's id. Every replica gets the same, and no two tickets
 * share any. Blocks are SHA-256(domain ‖ 0x00 ‖ random ‖ ticket ‖ u32(counter)).
 */
public final class BatchChance {
  private static final byte[] SALT = domain("elottery/salt/v1");
  private static final byte[] QUICK_PICK = domain("elottery/quickpick/v1");

  private final byte[] random;
  private final byte[] ticket;
  private byte[] block = {};
  private int at; // in the block
  private int counter;

  /** For one ticket of a batch with this randomness, 32 bytes. */
  public BatchChance(byte[] random, TicketId ticket) {
    this.random = random;
    this.ticket = ByteBuffer.allocate(16).putLong(ticket.high()).putLong(ticket.low()).array();
  }

  /** The ticket's salt, 16 bytes. */
  public Octets salt() {
    return Octets.wrap(Arrays.copyOf(block(SALT, 0), 16));
  }

  /** That many lines, packed; each combination of each line is equally likely. */
  public int[] quickPick(RuleBook book, int lines) {
    int[] packed = new int[lines * book.width()];
    int from = 0;
    for (int line = 0; line < lines; line++) {
      for (Pool pool : book.pools()) {
        pick(pool, packed, from);
        from += pool.play();
      }
    }
    return packed;
  }

  // A number that is there already is thrown away, so every set is equally likely.
  private void pick(Pool pool, int[] packed, int from) {
    int picked = 0;
    while (picked < pool.play()) {
      int number = pool.first() + below(pool.of());
      if (!contains(packed, from, from + picked, number)) {
        packed[from + picked++] = number;
      }
    }
    Arrays.sort(packed, from, from + picked);
  }

  private static boolean contains(int[] numbers, int from, int to, int wanted) {
    for (int i = from; i < to; i++) {
      if (numbers[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  private int below(int bound) {
    long limit = (1L << 32) / bound * bound;
    long value;
    do {
      value = next();
    } while (value >= limit); // Above the limit the low remainders would come up too often.
    return (int) (value % bound);
  }

  private long next() {
    if (at == block.length) {
      block = block(QUICK_PICK, counter++);
      at = 0;
    }
    long value = ByteBuffer.wrap(block).getInt(at) & 0xffffffffL;
    at += 4;
    return value;
  }

  private byte[] block(byte[] domain, int number) {
    return Sha256.of(domain, random, ticket, ByteBuffer.allocate(4).putInt(number).array());
  }

  private static byte[] domain(String text) {
    return (text + "\0").getBytes(StandardCharsets.US_ASCII);
  }
}
