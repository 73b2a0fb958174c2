package io.elottery.foundation.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A server's key-value store: sorted by unsigned bytes, written in atomic batches, in order.
 *
 * <p>What was written and not synced is lost when the server crashes: all of it or all but a first
 * part of the batches; a lying disk loses even what it said was synced. What is on the disk stays
 * through restarts; {@link #wipe()} is the disk replaced by an empty one.
 */
public final class SimDisk {
  private final SimNode node;
  private final SimRandom random;
  private final TreeMap<byte[], byte[]> durable = new TreeMap<>(Arrays::compareUnsigned);
  private final List<Batch> unsynced = new ArrayList<>();
  private TreeMap<byte[], byte[]> current = new TreeMap<>(Arrays::compareUnsigned);
  private DiskFaults faults = DiskFaults.honest();
  private boolean failing;
  private boolean outlives;
  private @Nullable CrashPoint crashPoint;
  private long syncs;

  /** Where in a sync a server is to crash. */
  public enum CrashPoint {
    /** Before anything is durable. */
    BEFORE_SYNC,
    /** When everything is durable and nobody was told. */
    AFTER_SYNC
  }

  /** Writes that take effect together or not at all. */
  public static final class Batch {
    private final List<Change> changes = new ArrayList<>();

    /** Sets a key. */
    public Batch put(byte[] key, byte[] value) {
      changes.add(new Change(key.clone(), value.clone(), null));
      return this;
    }

    /** Removes a key. */
    public Batch delete(byte[] key) {
      changes.add(new Change(key.clone(), null, null));
      return this;
    }

    /** Removes the keys {@code from} (included) to {@code to} (not included). */
    public Batch deleteRange(byte[] from, byte[] to) {
      changes.add(new Change(from.clone(), null, to.clone()));
      return this;
    }

    private void applyTo(TreeMap<byte[], byte[]> map) {
      for (Change change : changes) {
        if (change.to != null) {
          if (Arrays.compareUnsigned(change.key, change.to) < 0) {
            map.subMap(change.key, true, change.to, false).clear();
          }
        } else if (change.value == null) {
          map.remove(change.key);
        } else {
          map.put(change.key, change.value);
        }
      }
    }
  }

  private record Change(byte[] key, byte @Nullable [] value, byte @Nullable [] to) {}

  SimDisk(SimNode node, SimRandom random) {
    this.node = node;
    this.random = random;
  }

  /** Makes the disk better or worse from now on. */
  public SimDisk behave(DiskFaults faults) {
    this.faults = faults;
    return this;
  }

  /** Lets every sync fail from now on, until called with false. */
  public void failSyncs(boolean failing) {
    this.failing = failing;
  }

  /** Crashes the server inside its next sync. */
  public void crashAtNextSync(CrashPoint point) {
    crashPoint = point;
  }

  /** Calls {@link #crashAtNextSync} off. */
  public void disarm() {
    crashPoint = null;
  }

  /** True while {@link #crashAtNextSync} waits for its sync. */
  public boolean isArmed() {
    return crashPoint != null;
  }

  /** Writes the batch: visible at once, durable after the next sync. */
  public void write(Batch batch) {
    node.checkAlive();
    batch.applyTo(current);
    unsynced.add(batch);
  }

  /** Writes one key. */
  public void put(byte[] key, byte[] value) {
    write(new Batch().put(key, value));
  }

  /** Removes one key. */
  public void delete(byte[] key) {
    write(new Batch().delete(key));
  }

  /** The value of a key, as last written. */
  public Optional<byte[]> get(byte[] key) {
    node.checkAlive();
    return Optional.ofNullable(current.get(key)).map(byte[]::clone);
  }

  /** A copy of the entries {@code from} (included) to {@code to} (not included), in order. */
  public NavigableMap<byte[], byte[]> range(byte[] from, byte[] to) {
    node.checkAlive();
    TreeMap<byte[], byte[]> copy = new TreeMap<>(Arrays::compareUnsigned);
    if (Arrays.compareUnsigned(from, to) < 0) {
      copy.putAll(current.subMap(from, true, to, false));
    }
    return copy;
  }

  /** A copy of all entries, in order. */
  public NavigableMap<byte[], byte[]> all() {
    node.checkAlive();
    TreeMap<byte[], byte[]> copy = new TreeMap<>(Arrays::compareUnsigned);
    copy.putAll(current);
    return copy;
  }

  /**
   * Makes everything written so far durable; takes a while of the server's time.
   *
   * @throws IOException when the disk was told to fail
   */
  public void sync() throws IOException {
    node.checkAlive();
    node.stall(random.between(0, faults.syncMax().toNanos()));
    if (failing) {
      throw new IOException(node.id() + ": simulated disk does not sync");
    }
    CrashPoint point = crashPoint;
    if (point == CrashPoint.BEFORE_SYNC) {
      node.crash();
      node.checkAlive();
    }
    if (!random.chance(faults.lie())) {
      makeDurable(unsynced.size());
    }
    syncs++;
    if (point == CrashPoint.AFTER_SYNC) {
      node.crash();
      node.checkAlive();
    }
  }

  /** Syncs so far. */
  public long syncs() {
    return syncs;
  }

  /** Batches that a crash now might lose. */
  public int unsynced() {
    return unsynced.size();
  }

  /**
   * The next crash is one of the process alone: what was written stays in the machine's memory, so
   * nothing is lost.
   */
  public void outlivesNextCrash() {
    outlives = true;
  }

  /** What a loss of power now would leave for certain; unchangeable, also while down. */
  public NavigableMap<byte[], byte[]> durable() {
    return Collections.unmodifiableNavigableMap(durable);
  }

  /** Turns one bit of a durable value whose key the filter takes; false when there is none. */
  public boolean flip(Predicate<byte[]> keys, SimRandom chance) {
    List<Map.Entry<byte[], byte[]>> candidates =
        durable.entrySet().stream()
            .filter(entry -> keys.test(entry.getKey()) && entry.getValue().length > 0)
            .toList();
    if (candidates.isEmpty()) {
      return false;
    }
    Map.Entry<byte[], byte[]> chosen = candidates.get(chance.nextInt(candidates.size()));
    byte[] flipped = chosen.getValue().clone();
    int bit = chance.nextInt(8 * flipped.length);
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    durable.put(chosen.getKey(), flipped);
    current.computeIfPresent(chosen.getKey(), (same, value) -> flipped);
    return true;
  }

  /** Puts a value on the disk itself, as if it had been there; the server should be down. */
  public void hold(byte[] key, byte[] value) {
    durable.put(key.clone(), value.clone());
    current.put(key.clone(), value.clone());
  }

  /** Replaces the disk by an empty one; the server should be down. */
  public void wipe() {
    durable.clear();
    unsynced.clear();
    current = new TreeMap<>(Arrays::compareUnsigned);
  }

  /** A copy of what is durable now, to be put back later: a disk rolled back from a backup. */
  public SimDisk.Image image() {
    return new Image(new TreeMap<>(durable));
  }

  /** Puts a copy back; the server should be down. */
  public void restore(Image image) {
    wipe();
    durable.putAll(image.entries);
    current.putAll(image.entries);
  }

  /** A copy of a disk. */
  public static final class Image {
    private final TreeMap<byte[], byte[]> entries;

    private Image(TreeMap<byte[], byte[]> entries) {
      this.entries = entries;
    }
  }

  void crashed() {
    crashPoint = null;
    int kept = random.chance(faults.keepUnsynced()) ? random.nextInt(unsynced.size() + 1) : 0;
    makeDurable(outlives ? unsynced.size() : kept);
    outlives = false;
    unsynced.clear();
    current = new TreeMap<>(durable);
  }

  private void makeDurable(int batches) {
    List<Batch> made = unsynced.subList(0, batches);
    made.forEach(batch -> batch.applyTo(durable));
    made.clear();
  }
}
