package io.elottery.ledger.node;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.raft.GroupCommit;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.StoreId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers with which store each member of each shard first spoke. A member that comes back under
 * the same incarnation with another store has forgotten what it acknowledged: it is not listened
 * to, ever. Kept in this worker's own store; the first message of a member counts only when that
 * record is flushed, or a crash could forget the store that the message spoke for. On the ledger
 * loop.
 */
final class PeerStores {
  private static final Logger log = LoggerFactory.getLogger(PeerStores.class);
  private static final int SPACE = 2;

  private final GroupCommit records;
  private final Map<String, StoreId> known = new TreeMap<>();
  private final Set<String> unflushed = new HashSet<>();
  private long refused;

  PeerStores(GroupCommit records) {
    this.records = records;
  }

  /** What is to be done with a message. */
  enum Verdict {
    /** Its sender speaks from the store that is known. */
    LISTEN,
    /** Its store was written down in this turn: not before that is flushed. */
    LISTEN_WHEN_FLUSHED,
    /** Its sender lost its store. */
    IGNORE
  }

  /** Whether the member may be listened to; remembers the store of one that is new. */
  Verdict judge(ShardId shard, NodeId node, long incarnation, StoreId theirs) {
    String name = shard + "/" + node + "#" + incarnation;
    StoreId before = known.get(name);
    if (before == null) {
      byte[] key = key(shard, node, incarnation);
      Optional<StoreId> kept = records.get(key).map(StoreId::of);
      if (kept.isEmpty()) {
        records.put(key, theirs.bytes());
        known.put(name, theirs);
        unflushed.add(name);
        records.afterFlush(() -> unflushed.remove(name));
        return Verdict.LISTEN_WHEN_FLUSHED;
      }
      before = kept.get();
      known.put(name, before);
    }
    if (before.equals(theirs)) {
      return unflushed.contains(name) ? Verdict.LISTEN_WHEN_FLUSHED : Verdict.LISTEN;
    }
    if (Long.bitCount(++refused) == 1) {
      log.error(
          "{}: {} speaks from store {}, but was known with {}: its directory was emptied or"
              + " replaced. It is not listened to ({} messages refused); give it a new name or a"
              + " new incarnation",
          shard,
          node,
          theirs,
          before,
          refused);
    }
    return Verdict.IGNORE;
  }

  long refused() {
    return refused;
  }

  private static byte[] key(ShardId shard, NodeId node, long incarnation) {
    return new WireWriter()
        .u8(SPACE)
        .u16(shard.number())
        .i64(incarnation)
        .text(node.name())
        .toBytes();
  }
}
