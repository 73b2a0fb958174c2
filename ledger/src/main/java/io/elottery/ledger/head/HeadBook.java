package io.elottery.ledger.head;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.raft.GroupCommit;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.RecordDamaged;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The countersigned heads of each shard that this worker holds or held, the last {@value #KEPT} of
 * each; and those for which signatures still come in. Kept in the worker's store beside its copies
 * and not as part of one: a copy made anew is measured by what its predecessor knew. On the ledger
 * loop.
 */
public final class HeadBook {
  private static final int SPACE = 4;
  private static final int KEPT = 64;
  private static final int OPEN_MAX = 64;

  private final GroupCommit records;
  private final Map<ShardId, TreeMap<Long, CountersignedHead>> known = new HashMap<>();
  private final Map<ShardId, TreeMap<Long, Map<NodeId, SignedHead>>> open = new HashMap<>();

  /** Reads what is there. */
  public HeadBook(GroupCommit records) {
    this.records = records;
    records.scan(new byte[] {SPACE}, new byte[] {SPACE + 1}, (key, value) -> read(value));
  }

  private void read(byte[] value) {
    try {
      CountersignedHead head = CountersignedHead.decode(value);
      known(head.head().shard()).put(head.head().position().index(), head);
    } catch (MalformedMessage malformed) {
      throw new RecordDamaged("a countersigned head is malformed", malformed);
    }
  }

  private TreeMap<Long, CountersignedHead> known(ShardId shard) {
    return known.computeIfAbsent(shard, any -> new TreeMap<>());
  }

  /** The countersigned head at that position. */
  public Optional<CountersignedHead> at(ShardId shard, long position) {
    return Optional.ofNullable(known(shard).get(position));
  }

  /** The last one. */
  public Optional<CountersignedHead> latest(ShardId shard) {
    return Optional.ofNullable(known(shard).lastEntry()).map(Map.Entry::getValue);
  }

  /** Those after a position, oldest first. */
  public List<CountersignedHead> after(ShardId shard, long position, int most) {
    return known(shard).tailMap(position, false).values().stream().limit(most).toList();
  }

  /** Whether that signature would be of use. */
  public boolean wants(NodeId server, SignedHead signed) {
    ShardId shard = signed.head().shard();
    long at = signed.head().position().index();
    TreeMap<Long, CountersignedHead> there = known(shard);
    if (there.containsKey(at) || (there.size() >= KEPT && at < there.firstKey())) {
      return false;
    }
    Map<NodeId, SignedHead> sofar = open(shard).getOrDefault(at, Map.of());
    SignedHead before = sofar.get(server);
    return before == null || !before.head().same(signed.head());
  }

  private TreeMap<Long, Map<NodeId, SignedHead>> open(ShardId shard) {
    return open.computeIfAbsent(shard, any -> new TreeMap<>());
  }

  /**
   * A server signed a head, which was checked.
   *
   * @return the head with all its signatures, when this one makes a majority of the voters
   */
  public Optional<CountersignedHead> add(NodeId server, SignedHead signed, int voters) {
    if (!wants(server, signed)) {
      return Optional.empty();
    }
    TreeMap<Long, Map<NodeId, SignedHead>> coming = open(signed.head().shard());
    Map<NodeId, SignedHead> all =
        coming.computeIfAbsent(signed.head().position().index(), any -> new TreeMap<>());
    all.put(server, signed);
    TreeMap<NodeId, SignedHead> same = new TreeMap<>(all);
    same.values().removeIf(other -> !other.head().same(signed.head()));
    if (coming.size() > OPEN_MAX) {
      coming.pollFirstEntry();
    }
    CountersignedHead now = new CountersignedHead(signed.head(), same);
    if (!now.isByMajority(voters)) {
      return Optional.empty();
    }
    put(now);
    return Optional.of(now);
  }

  /** A head that a majority signed, which was checked; the first one at a position stays. */
  public void put(CountersignedHead countersigned) {
    ShardId shard = countersigned.head().shard();
    long at = countersigned.head().position().index();
    open(shard).headMap(at, true).clear();
    TreeMap<Long, CountersignedHead> there = known(shard);
    if (there.putIfAbsent(at, countersigned) != null) {
      return;
    }
    // With whatever is flushed next: the others keep it too.
    records.putLazily(key(shard, at), countersigned.encode());
    if (there.size() > KEPT) {
      long oldest = there.pollFirstEntry().getKey();
      records.deleteLazily(key(shard, oldest), key(shard, oldest + 1));
    }
  }

  private static byte[] key(ShardId shard, long position) {
    return new WireWriter().u8(SPACE).u16(shard.number()).i64(position).toBytes();
  }
}
