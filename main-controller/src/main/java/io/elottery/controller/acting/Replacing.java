package io.elottery.controller.acting;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.shard.ShardId;
import java.util.List;

/** Takes a worker's copies elsewhere; filled by those who place shards. On main's loop. */
public interface Replacing {
  /** The worker's copies are to be elsewhere, one after the other; may be asked again. */
  void leave(NodeId worker, String why);

  /** Not any more: what was not exchanged yet stays. */
  void back(NodeId worker, String why);

  /** Of which shards it holds, or may still hold, a copy. */
  List<ShardId> held(NodeId worker);

  /** How far its copies are, or what they wait for. */
  String words(NodeId worker);
}
