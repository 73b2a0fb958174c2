package io.elottery.ledger.node;

import io.elottery.foundation.simulation.SimDisk;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.ledger.store.DurableStore;
import io.elottery.ledger.store.StoreFailed;
import io.elottery.ledger.store.StoreHeader;
import io.elottery.ledger.store.StoreId;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The store on a simulated disk that forgets what was not synced. */
final class SimStore implements DurableStore {
  private final SimDisk disk;
  private final StoreId id;

  private SimStore(SimDisk disk, StoreId id) {
    this.disk = disk;
    this.id = id;
  }

  static SimStore open(SimNode node) {
    SimDisk disk = node.disk("ledger");
    byte[] header =
        disk.get(StoreHeader.key())
            .orElseGet(
                () -> {
                  byte[] fresh = StoreHeader.fresh(node.random());
                  disk.put(StoreHeader.key(), fresh);
                  sync(disk);
                  return fresh;
                });
    return new SimStore(disk, StoreHeader.read(header).orElseThrow());
  }

  @Override
  public StoreId id() {
    return id;
  }

  @Override
  public void put(byte[] key, byte[] value) {
    disk.put(key, value);
  }

  @Override
  public void deleteRange(byte[] from, byte[] to) {
    disk.write(new SimDisk.Batch().deleteRange(from, to));
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    return disk.get(key);
  }

  @Override
  public void scan(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
    disk.range(from, to).forEach(visitor);
  }

  @Override
  public void sync() {
    sync(disk);
  }

  private static void sync(SimDisk disk) {
    try {
      disk.sync();
    } catch (IOException problem) {
      throw new StoreFailed("simulated disk", problem);
    }
  }

  @Override
  public void close() {}
}
