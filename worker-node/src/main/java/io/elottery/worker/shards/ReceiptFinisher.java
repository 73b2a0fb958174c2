package io.elottery.worker.shards;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.keyvault.ca.ServerSignature;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.keyvault.signing.Signer;
import io.elottery.ledger.call.Testimony;
import io.elottery.ledger.machine.ReplyFinisher;
import io.elottery.ledger.shard.ShardId;
import io.elottery.lottery.machine.ReceiptSigning;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs receipts with the shard's key when they leave, testimonies with the server's. Replicas are
 * opened only once their keys are there. On one thread at a time.
 */
public final class ReceiptFinisher implements ReplyFinisher {
  private static final Logger log = LoggerFactory.getLogger(ReceiptFinisher.class);

  private final NodeKeys keys;
  // Kept because making a signer costs as much as signing; bounded by the number of shards.
  private final Map<ShardId, ReceiptSigning.Signer> signers = new HashMap<>();

  /** With the keys of this server. */
  public ReceiptFinisher(NodeKeys keys) {
    this.keys = keys;
  }

  @Override
  public byte[] finish(ShardId shard, byte[] reply) {
    ReceiptSigning.Signer signer = signers.get(shard);
    if (signer == null) {
      Optional<Signer> held = keys.receiptSigner(shard.number());
      if (held.isEmpty()) {
        log.error("{}: its receipt key is gone, a reply leaves unsigned", shard);
        return reply;
      }
      signer = new KeySigner(held.get());
      signers.put(shard, signer);
    }
    return ReceiptSigning.finish(reply, signer);
  }

  @Override
  public Testimony.Seal seal(byte[] statement) {
    return new Testimony.Seal(keys.sign(statement), keys.chain().get(0));
  }

  @Override
  public void check(NodeId worker, byte[] statement, Testimony.Seal seal, Consumer<Boolean> then) {
    then.accept(holds(worker, statement, seal));
  }

  private boolean holds(NodeId worker, byte[] statement, Testimony.Seal seal) {
    return ServerSignature.isBy(
        worker, Role.WORKER, statement, seal.signature(), seal.certificate(), keys.authority());
  }
}
