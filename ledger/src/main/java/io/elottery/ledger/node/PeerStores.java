package io.elottery.ledger.node;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.DurableStore;
import io.elottery.ledger.store.StoreId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers with which store each member of each shard first spoke. A member that comes back under
 * the same incarnation with another store has forgotten what it acknowledged: it is not listened
 * to, ever. Kept in this worker's own store. On the ledger loop.
 */
final class PeerStores {
  private static final Logger log = LoggerFactory.getLogger(PeerStores.class);
  private static final int SPACE = 2;

  private final DurableStore store;
  private final Map<String, StoreId> known = new TreeMap<>();
  private long refused;

  PeerStores(DurableStore store) {
    this.store = store;
  }

  /** Whether the member may be listened to. */
  boolean accepts(ShardId shard, NodeId node, long incarnation, StoreId theirs) {
    String name = shard + "/" + node + "#" + incarnation;
    StoreId before = known.get(name);
    if (before == null) {
      byte[] key = key(shard, node, incarnation);
      Optional<StoreId> kept = store.get(key).map(StoreId::of);
      if (kept.isEmpty()) {
        store.put(key, theirs.bytes());
      }
      before = kept.orElse(theirs);
      known.put(name, before);
    }
    if (before.equals(theirs)) {
      return true;
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
    return false;
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
