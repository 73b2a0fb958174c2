package io.elottery.ledger.store;

import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The records by which a store knows itself: its name, how often it was opened, and how many syncs
 * it has seen. Kept by every adapter in the store itself, below every replica's keys.
 */
public final class StoreLife {
  private static final byte[] BOOT = {0, 'b'};
  private static final byte[] MARK = {0, 'm'};

  private final StoreId id;
  private final long boot;
  private final long life;
  private final long openedAt;
  private long mark;

  private StoreLife(StoreId id, long boot, long life, long openedAt) {
    this.id = id;
    this.boot = boot;
    this.life = life;
    this.openedAt = openedAt;
    this.mark = openedAt;
  }

  /**
   * Begins another life, to be synced before anything is said of it.
   *
   * @param get reads a value as it was put
   * @param random names a store that is new
   * @param life another number for every opening, of this store or of a copy of it
   * @return empty when the store is of another format
   * @throws RecordDamaged when its records are not what was written
   */
  public static Optional<StoreLife> begin(
      Function<byte[], Optional<byte[]>> get,
      BiConsumer<byte[], byte[]> put,
      RandomSource random,
      long life) {
    byte[] key = StoreHeader.key();
    Optional<byte[]> header = get.apply(key);
    if (header.isEmpty()) {
      byte[] fresh = StoreHeader.fresh(random);
      put.accept(key, fresh);
      header = Optional.of(fresh);
    }
    Optional<StoreId> id = StoreHeader.read(header.get());
    if (id.isEmpty()) {
      return Optional.empty();
    }
    long boot = number(get, BOOT) + 1;
    StoreLife begun = new StoreLife(id.get(), boot, life, number(get, MARK));
    put.accept(BOOT, Checksum.add(BOOT, new WireWriter().i64(boot).toBytes()));
    return Optional.of(begun);
  }

  /** To be called before every sync: what is put goes into it. */
  public void beforeSync(BiConsumer<byte[], byte[]> put) {
    put.accept(MARK, Checksum.add(MARK, new WireWriter().i64(mark + 1).toBytes()));
  }

  /** The sync is done. */
  public void synced() {
    mark++;
  }

  /** What may be told now. */
  public Standing standing() {
    return new Standing(id, boot, life, openedAt, mark);
  }

  private static long number(Function<byte[], Optional<byte[]>> get, byte[] key) {
    Optional<byte[]> kept = get.apply(key);
    if (kept.isEmpty()) {
      return 0;
    }
    try {
      WireReader in = new WireReader(Checksum.strip(key, kept.get()));
      long number = in.i64();
      in.done();
      return number;
    } catch (MalformedMessage malformed) {
      throw new RecordDamaged("a store's own number is malformed", malformed);
    }
  }
}
