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
import io.elottery.keyvault.keystep.KeyStep;
import io.elottery.keyvault.keystep.PairKeyGrant;
import io.elottery.keyvault.keystep.ReceiptKeyGrant;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.worker.disk.Disk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final List<Waiting> waitingPairs = new ArrayList<>();
  private final List<ReceiptKeyGrant> waitingReceipts = new ArrayList<>();
  private final Map<String, PairKeyGrant> held = new HashMap<>();
  private boolean storing;

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
      KeyStep step = KeyStep.from(request);
      LinkId link = LinkId.parse(step.link());
      if (from.role() != Role.MAIN || !link.joins(self)) {
        answer.refuse("NOT_ALLOWED", "expected a key of one of this worker's links, from a main");
        return;
      }
      if (step.grant().isPresent()) {
        held.put(step.link(), step.grant().get());
      }
      PairKeyGrant grant = held.get(step.link());
      if (grant == null) {
        answer.refuse("UNKNOWN_KEY", "this key was not offered");
        return;
      }
      waitingPairs.add(new Waiting(grant, step.step(), link, answer));
      store();
    } catch (MalformedMessage | IllegalArgumentException malformed) {
      answer.refuse("MALFORMED", "not a pair key: " + malformed.getMessage());
    }
  }

  private void receiptKey(Peer from, Envelope envelope) {
    if (from.role() != Role.MAIN) {
      return;
    }
    try {
      waitingReceipts.add(ReceiptKeyGrant.from(envelope));
      store();
    } catch (MalformedMessage malformed) {
      log.warn("receipt key of {} dropped: {}", from, malformed.getMessage());
    }
  }

  // Whatever has come while the disk was busy is written together.
  private void store() {
    if (storing || (waitingPairs.isEmpty() && waitingReceipts.isEmpty())) {
      return;
    }
    storing = true;
    List<Waiting> pairs = List.copyOf(waitingPairs);
    List<ReceiptKeyGrant> receipts = List.copyOf(waitingReceipts);
    waitingPairs.clear();
    waitingReceipts.clear();
    disk.run(
            () -> {
              keys.putAll(pairs.stream().map(Waiting::grant).toList(), receipts);
              return receipts;
            })
        .whenComplete((done, problem) -> loop.post(() -> stored(pairs, receipts, problem)));
  }

  private void stored(
      List<Waiting> pairs, List<ReceiptKeyGrant> receipts, @Nullable Throwable problem) {
    storing = false;
    if (problem != null) {
      log.error("{} keys were not stored", pairs.size() + receipts.size(), problem);
      pairs.forEach(pair -> pair.answer.refuse("NOT_STORED", "the key store cannot be written"));
    } else {
      pairs.forEach(pair -> pair.answer.reply(pair.grant.confirm(pair.step).toEnvelope()));
      pairs.forEach(pair -> pairKeyArrived.accept(pair.link));
      if (!receipts.isEmpty()) {
        receiptKeyArrived.run();
      }
    }
    store();
  }

  private record Waiting(
      PairKeyGrant grant, KeyStep.Step step, LinkId link, CallHandler.Answer answer) {}
}
