package io.elottery.worker.mains;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.keystep.KeyConfirm;
import io.elottery.keyvault.keystep.PairKeyGrant;
import io.elottery.keyvault.keystep.ReceiptKeyGrant;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.worker.disk.Disk;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes keys from mains: stores them on the disk's thread, then confirms. On the supervision loop.
 */
public final class KeyIntake {
  private static final Logger log = LoggerFactory.getLogger(KeyIntake.class);

  private final NodeId self;
  private final NodeKeys keys;
  private final Disk disk;
  private final NodeLoop loop;
  private final Consumer<LinkId> pairKeyArrived;
  private final Runnable receiptKeyArrived;

  /**
   * @param pairKeyArrived told on the loop, once the key is stored
   * @param receiptKeyArrived likewise
   */
  public KeyIntake(
      NodeId self,
      NodeKeys keys,
      Disk disk,
      NodeLoop loop,
      Consumer<LinkId> pairKeyArrived,
      Runnable receiptKeyArrived) {
    this.self = self;
    this.keys = keys;
    this.disk = disk;
    this.loop = loop;
    this.pairKeyArrived = pairKeyArrived;
    this.receiptKeyArrived = receiptKeyArrived;
  }

  /** Takes the kinds of keys from the switchboard. */
  public void serve(Switchboard board) {
    board
        .serve(KeyvaultKinds.PAIR_KEY, this::pairKey)
        .on(KeyvaultKinds.RECEIPT_KEY, this::receiptKey);
  }

  private void pairKey(Peer from, Envelope request, CallHandler.Answer answer) {
    try {
      PairKeyGrant grant = PairKeyGrant.from(request);
      LinkId link = LinkId.parse(grant.link());
      if (from.role() != Role.MAIN || !link.joins(self)) {
        answer.refuse("NOT_ALLOWED", "expected a key of one of this worker's links, from a main");
        return;
      }
      disk.run(() -> keys.put(grant))
          .whenComplete(
              (confirm, problem) -> loop.post(() -> stored(link, confirm, problem, answer)));
    } catch (MalformedMessage | IllegalArgumentException malformed) {
      answer.refuse("MALFORMED", "not a pair key: " + malformed.getMessage());
    }
  }

  private void stored(
      LinkId link,
      @Nullable KeyConfirm confirm,
      @Nullable Throwable problem,
      CallHandler.Answer answer) {
    if (confirm == null) {
      log.error("the key of {} was not stored: {}", link, String.valueOf(problem));
      answer.refuse("NOT_STORED", "the key store cannot be written");
      return;
    }
    answer.reply(confirm.toEnvelope());
    pairKeyArrived.accept(link);
  }

  private void receiptKey(Peer from, Envelope envelope) {
    if (from.role() != Role.MAIN) {
      return;
    }
    try {
      ReceiptKeyGrant grant = ReceiptKeyGrant.from(envelope);
      disk.run(
              () -> {
                keys.put(grant);
                return grant;
              })
          .whenComplete(
              (stored, problem) -> {
                if (problem != null) {
                  log.error("the receipt key of shard {} was not stored", grant.shard(), problem);
                } else {
                  loop.post(receiptKeyArrived);
                }
              });
    } catch (MalformedMessage malformed) {
      log.warn("receipt key of {} dropped: {}", from, malformed.getMessage());
    }
  }
}
