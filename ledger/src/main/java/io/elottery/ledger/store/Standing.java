package io.elottery.ledger.store;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;

/**
 * How far a store has come. Told with every replica message, so that others notice when it went
 * back: a store that opens below what it said before has lost what it acknowledged.
 *
 * @param store its name
 * @param boot how often it was opened, from 1
 * @param life drawn by chance when it was opened this time: a store and its backup that were both
 *     opened once more have nothing else in which they differ
 * @param openedAt the syncs it had seen when it was opened this time
 * @param mark the syncs it has seen by now; whatever it says rests on no later one
 */
public record Standing(StoreId store, long boot, long life, long openedAt, long mark) {
  private static final int ID_BYTES = 16;

  /** Checks the ranges. */
  public Standing {
    if (boot < 1 || openedAt < 0 || mark < openedAt) {
      throw new IllegalArgumentException(
          "store " + store + ": boot " + boot + ", opened at " + openedAt + ", mark " + mark);
    }
  }

  /** One that was never closed. */
  public static Standing first(StoreId store) {
    return new Standing(store, 1, 0, 0, 0);
  }

  /** Whether both are of the same store, opened the same time. */
  public boolean sameBoot(Standing other) {
    return store.equals(other.store)
        && boot == other.boot
        && life == other.life
        && openedAt == other.openedAt;
  }

  /** Writes all of it. */
  public void write(WireWriter out) {
    out.raw(store.bytes()).varint(boot).i64(life).varint(openedAt).varint(mark - openedAt);
  }

  /** Reads {@link #write}. */
  public static Standing read(WireReader in) throws MalformedMessage {
    try {
      StoreId store = StoreId.of(in.raw(ID_BYTES));
      long boot = in.varint();
      long life = in.i64();
      long openedAt = in.varint();
      return new Standing(store, boot, life, openedAt, Math.addExact(openedAt, in.varint()));
    } catch (IllegalArgumentException | ArithmeticException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }

  @Override
  public String toString() {
    return store + " (boot " + boot + ", mark " + mark + ")";
  }
}
