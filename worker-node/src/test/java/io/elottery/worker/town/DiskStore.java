package io.elottery.worker.town;

import io.elottery.foundation.simulation.SimDisk;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.ledger.store.DurableStore;
import io.elottery.ledger.store.RecordDamaged;
import io.elottery.ledger.store.Standing;
import io.elottery.ledger.store.StoreFailed;
import io.elottery.ledger.store.StoreId;
import io.elottery.ledger.store.StoreLife;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** The store on a simulated disk. */
final class DiskStore implements DurableStore {
  static final String DISK = "ledger";

  private final SimDisk disk;
  private final StoreLife life;
  private final LongSupplier room;
  private final boolean syncs;

  private DiskStore(SimDisk disk, StoreLife life, LongSupplier room, boolean syncs) {
    this.disk = disk;
    this.life = life;
    this.room = room;
    this.syncs = syncs;
  }

  static DiskStore open(SimNode node, LongSupplier room) {
    SimDisk disk = node.disk(DISK);
    StoreLife life =
        StoreLife.begin(disk::get, disk::put, node.random(), node.time().nanos())
            .orElseThrow(() -> new RecordDamaged(node.id() + ": the store's header"));
    sync(disk);
    return new DiskStore(disk, life, room, true);
  }

  /** One that says at once that all is synced, and never how far it came, or others noticed. */
  static DiskStore hasty(SimNode node, LongSupplier room) {
    DiskStore honest = open(node, room);
    return new DiskStore(honest.disk, honest.life, room, false);
  }

  @Override
  public StoreId id() {
    return life.standing().store();
  }

  @Override
  public Standing standing() {
    Standing now = life.standing();
    return syncs
        ? now
        : new Standing(now.store(), now.boot(), now.life(), now.openedAt(), now.openedAt());
  }

  @Override
  public long room() {
    return room.getAsLong();
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
    life.beforeSync(disk::put);
    if (syncs) {
      sync(disk);
    }
    life.synced();
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
