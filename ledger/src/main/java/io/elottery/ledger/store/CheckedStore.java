package io.elottery.ledger.store;

import java.util.Optional;
import java.util.function.BiConsumer;

/** A store whose every value is checked when it is read: {@link Checksum}. On the ledger loop. */
public final class CheckedStore implements DurableStore {
  private final DurableStore store;

  /** Over that store, in which nothing else was ever written. */
  public CheckedStore(DurableStore store) {
    this.store = store;
  }

  @Override
  public StoreId id() {
    return store.id();
  }

  @Override
  public Standing standing() {
    return store.standing();
  }

  @Override
  public long room() {
    return store.room();
  }

  @Override
  public void put(byte[] key, byte[] value) {
    store.put(key, Checksum.add(key, value));
  }

  @Override
  public void deleteRange(byte[] from, byte[] to) {
    store.deleteRange(from, to);
  }

  /**
   * {@inheritDoc}
   *
   * @throws RecordDamaged when it is not what was written
   */
  @Override
  public Optional<byte[]> get(byte[] key) {
    return store.get(key).map(kept -> Checksum.strip(key, kept));
  }

  /**
   * {@inheritDoc}
   *
   * @throws RecordDamaged at the first value that is not what was written
   */
  @Override
  public void scan(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
    store.scan(from, to, (key, kept) -> visitor.accept(key, Checksum.strip(key, kept)));
  }

  @Override
  public void readBack(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
    store.readBack(from, to, (key, kept) -> visitor.accept(key, Checksum.strip(key, kept)));
  }

  @Override
  public void readBackFiles() {
    store.readBackFiles();
  }

  @Override
  public void sync() {
    store.sync();
  }

  @Override
  public void close() {
    store.close();
  }
}
