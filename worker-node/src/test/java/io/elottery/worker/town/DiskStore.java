package io.elottery.worker.town;

import io.elottery.foundation.simulation.SimDisk;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.ledger.store.DurableStore;
import io.elottery.ledger.store.StoreFailed;
import io.elottery.ledger.store.StoreHeader;
import io.elottery.ledger.store.StoreId;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The store on a simulated disk. */
final class DiskStore implements DurableStore {
  static final String DISK = "ledger";

  private final SimDisk disk;
  private final StoreId id;

  private final boolean syncs;

  private DiskStore(SimDisk disk, StoreId id, boolean syncs) {
    this.disk = disk;
    this.id = id;
    this.syncs = syncs;
  }

  /** One that says at once that all is synced. */
  static DiskStore hasty(SimNode node) {
    DiskStore honest = open(node);
    return new DiskStore(honest.disk, honest.id, false);
  }

  static DiskStore open(SimNode node) {
    SimDisk disk = node.disk(DISK);
    Optional<byte[]> header = disk.get(StoreHeader.key());
    if (header.isEmpty()) {
      disk.put(StoreHeader.key(), StoreHeader.fresh(node.random()));
      sync(disk);
      header = disk.get(StoreHeader.key());
    }
    return new DiskStore(disk, StoreHeader.read(header.orElseThrow()).orElseThrow(), true);
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
    if (syncs) {
      sync(disk);
    }
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
