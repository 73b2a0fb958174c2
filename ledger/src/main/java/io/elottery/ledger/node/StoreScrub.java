package io.elottery.ledger.node;

import io.elottery.ledger.raft.RaftGroup;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.DurableStore;
import io.elottery.ledger.store.RecordDamaged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Reads everything at rest back and compares it with its checksums. Made on the ledger loop; {@link
 * #run} waits for the disk, on a thread of its own; what it found is handed to {@link
 * LedgerNode#scrubbed} on the loop again.
 */
public final class StoreScrub {
  private static final byte[] END = {(byte) 0xff};

  private final DurableStore store;
  private final Map<ShardId, Long> copies;

  StoreScrub(DurableStore store, Map<ShardId, Long> copies) {
    this.store = store;
    this.copies = new TreeMap<>(copies);
  }

  /**
   * What was found.
   *
   * @param bytes read back
   * @param damaged copies, by the incarnation that was read, and why
   * @param elsewhere damage that belongs to no copy; empty when there is none
   */
  public record Found(
      long records, long bytes, Map<ShardId, Damage> damaged, List<String> elsewhere) {
    /** Copies. */
    public Found {
      damaged = Map.copyOf(damaged);
      elsewhere = List.copyOf(elsewhere);
    }

    /** Whether all is as it was written. */
    public boolean isSound() {
      return damaged.isEmpty() && elsewhere.isEmpty();
    }
  }

  /** A damaged copy. */
  public record Damage(long incarnation, String why) {}

  /**
   * Reads everything back.
   *
   * @param progress told the bytes read so far, often
   */
  public Found run(LongConsumer progress) {
    Count count = new Count(progress);
    Map<ShardId, Damage> damaged = new TreeMap<>();
    List<String> elsewhere = new ArrayList<>();
    copies.forEach(
        (shard, incarnation) -> {
          try {
            store.readBack(
                RaftGroup.from(shard, incarnation), RaftGroup.to(shard, incarnation), count::add);
          } catch (RecordDamaged damage) {
            damaged.put(shard, new Damage(incarnation, String.valueOf(damage.getMessage())));
          }
        });
    try {
      // The store's own records, what it knows of others, and what is kept of copies that closed.
      store.readBack(new byte[] {2}, END, count::add);
      if (damaged.isEmpty()) {
        store.readBackFiles();
      }
    } catch (RecordDamaged damage) {
      elsewhere.add(String.valueOf(damage.getMessage()));
    }
    return new Found(count.records, count.bytes, damaged, elsewhere);
  }

  private static final class Count {
    private final LongConsumer progress;
    private long records;
    private long bytes;

    Count(LongConsumer progress) {
      this.progress = progress;
    }

    void add(byte[] key, byte[] value) {
      records++;
      bytes += key.length + value.length;
      progress.accept(bytes);
    }
  }
}
