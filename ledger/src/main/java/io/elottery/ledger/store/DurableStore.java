package io.elottery.ledger.store;

import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * An ordered map from bytes to bytes that survives crashes up to the last {@link #sync()}.
 *
 * <p>Writes take effect in order: after a crash there is everything synced and, of what came after,
 * a prefix or nothing. Keys order as unsigned bytes. On the ledger loop; may wait for the disk. The
 * first failure is final: every later call fails too, and the process must stop, because what a
 * failed flush left behind nobody knows.
 */
public interface DurableStore extends AutoCloseable {
  /** Names this store: made at random when it was empty, kept for good. */
  StoreId id();

  /** How far it has come; what is said in its name rests on nothing later. */
  default Standing standing() {
    return Standing.first(id());
  }

  /** Bytes that may still be written before the disk's reserve is touched; 0 when it is. */
  default long room() {
    return Long.MAX_VALUE;
  }

  /** Writes a value. */
  void put(byte[] key, byte[] value);

  /** Removes all keys from {@code from} inclusive to {@code to} exclusive. */
  void deleteRange(byte[] from, byte[] to);

  /** Reads what was written last, synced or not. */
  Optional<byte[]> get(byte[] key);

  /** Visits keys and values from {@code from} inclusive to {@code to} exclusive, in order. */
  void scan(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor);

  /**
   * Reads from the disk what rests there between the two keys, without haste: the only call that
   * any thread may make. What is not flushed yet may be left out.
   *
   * @throws RecordDamaged when the disk gives back what was not written
   */
  default void readBack(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
    scan(from, to, visitor);
  }

  /** Looks through what else there is of the store's files; as {@link #readBack}. */
  default void readBackFiles() {}

  /**
   * Makes everything written before durable.
   *
   * @throws StoreFailed when it is not, or nobody knows
   */
  void sync();

  @Override
  void close();
}
