package io.elottery.ledger.node;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.raft.GroupCommit;
import io.elottery.ledger.raft.RaftGroup;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.RecordDamaged;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The copies of this worker that may never speak again under their incarnation: damaged, lost or
 * older than they were. Kept in the store, so that a restart does not open them as if they were
 * new. Their records stay to be looked at, one copy for each shard. On the ledger loop.
 */
final class ClosedCopies {
  private static final int SPACE = 3;

  private final GroupCommit records;
  private final Map<ShardId, Closed> closed = new TreeMap<>();

  /** One of them. */
  record Closed(ShardId shard, long incarnation, String why) {}

  /** Reads what is there. */
  ClosedCopies(GroupCommit records) {
    this.records = records;
    records.scan(new byte[] {SPACE}, new byte[] {SPACE + 1}, (key, value) -> read(key, value));
  }

  /** Whether that incarnation, or a later one, was closed; and why. */
  Optional<Closed> closed(ShardId shard, long incarnation) {
    return Optional.ofNullable(closed.get(shard)).filter(it -> it.incarnation >= incarnation);
  }

  /** Those of which no later incarnation is held. */
  Map<ShardId, Closed> all() {
    return Map.copyOf(closed);
  }

  /** For good. The records of the one closed before it in this shard are removed. */
  void close(ShardId shard, long incarnation, String why) {
    Closed before = closed.put(shard, new Closed(shard, incarnation, why));
    if (before != null && before.incarnation < incarnation) {
      RaftGroup.forget(records, shard, before.incarnation);
    }
    records.put(key(shard), new WireWriter().varint(incarnation).text(why).toBytes());
  }

  private void read(byte[] key, byte[] value) {
    try {
      WireReader at = new WireReader(key, 1, key.length - 1);
      WireReader in = new WireReader(value);
      ShardId shard = new ShardId(at.u16());
      closed.put(shard, new Closed(shard, in.varint(), in.text()));
    } catch (MalformedMessage | IllegalArgumentException malformed) {
      throw new RecordDamaged("a closed copy's record is malformed", malformed);
    }
  }

  private static byte[] key(ShardId shard) {
    return new WireWriter().u8(SPACE).u16(shard.number()).toBytes();
  }
}
