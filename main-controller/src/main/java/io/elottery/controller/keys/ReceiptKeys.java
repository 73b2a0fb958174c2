package io.elottery.controller.keys;

import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.vault.VaultSealed;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.shard.ShardId;
import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each shard's receipt key to its members, again after each reconnect; receivers take the
 * same key any number of times. On main's loop.
 */
final class ReceiptKeys {
  private static final Logger log = LoggerFactory.getLogger(ReceiptKeys.class);

  private final KeyPorts ports;
  // "worker shard" given on this connection or being given; bounded by workers times shards.
  private final TreeSet<String> given = new TreeSet<>();

  ReceiptKeys(KeyPorts ports) {
    this.ports = ports;
  }

  void handOut(Ring ring, Collection<NodeId> connected) {
    for (NodeId worker : connected) {
      for (ShardId shard : ring.heldBy(worker)) {
        String what = worker + " " + shard;
        if (given.add(what)) {
          ports
              .vault()
              .receiptKey(shard.number())
              .whenComplete(
                  (grant, problem) ->
                      ports
                          .loop()
                          .post(
                              () -> {
                                if (grant == null
                                    || !ports.board().send(worker, grant.toEnvelope())) {
                                  failed(what, problem);
                                }
                              }));
        }
      }
    }
  }

  void forget(NodeId worker) {
    given.removeIf(what -> what.startsWith(worker + " "));
  }

  void clear() {
    given.clear();
  }

  private void failed(String what, @Nullable Throwable why) {
    if (why != null && !VaultSealed.isBehind(why)) {
      log.warn("receipt key for {} not given, tried again soon: {}", what, why.toString());
    }
    given.remove(what);
  }
}
