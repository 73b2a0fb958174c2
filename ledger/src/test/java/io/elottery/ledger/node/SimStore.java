package io.elottery.ledger.node;

import io.elottery.foundation.simulation.SimDisk;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.ledger.store.DurableStore;
import io.elottery.ledger.store.Standing;
import io.elottery.ledger.store.StoreFailed;
import io.elottery.ledger.store.StoreId;
import io.elottery.ledger.store.StoreLife;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** The store on a simulated disk that forgets what was not synced. */
final class SimStore implements DurableStore {
  private final SimDisk disk;
  private final StoreLife life;
  private final boolean blind;

  private LongSupplier room = () -> Long.MAX_VALUE;

  private SimStore(SimDisk disk, StoreLife life, boolean blind) {
    this.disk = disk;
    this.life = life;
    this.blind = blind;
  }

  static SimStore open(SimNode node) {
    return open(node, false);
  }

  /** One that does not say how far it has come: nobody can notice that it went back. */
  static SimStore blind(SimNode node) {
    return open(node, true);
  }

  private static SimStore open(SimNode node, boolean blind) {
    SimDisk disk = node.disk("ledger");
    StoreLife life =
        StoreLife.begin(disk::get, disk::put, node.random(), node.time().nanos()).orElseThrow();
    sync(disk);
    return new SimStore(disk, life, blind);
  }

  /** The same on a disk with that much room. */
  SimStore withRoom(LongSupplier room) {
    this.room = room;
    return this;
  }

  @Override
  public long room() {
    return room.getAsLong();
  }

  @Override
  public StoreId id() {
    return life.standing().store();
  }

  @Override
  public Standing standing() {
    return blind ? Standing.first(id()) : life.standing();
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
    sync(disk);
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
