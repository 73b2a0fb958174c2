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
import io.elottery.heartbeat.link.Links;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.keystep.KeyRing;
import io.elottery.keyvault.keystep.KeyRing.Act;
import io.elottery.keyvault.keystep.KeyRing.Answer;
import io.elottery.keyvault.keystep.KeyStep;
import io.elottery.keyvault.keystep.ReceiptKeyGrant;
import io.elottery.keyvault.nodekeys.KeyRings;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.worker.disk.Disk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes main's steps with keys: what each means is decided by the link's {@link KeyRing}; here it
 * is done, on links and on the disk, and then confirmed. A key that no handshake has proven is in
 * memory only. On the supervision loop.
 */
public final class KeyIntake {
  /** What it acts on. */
  public record Ports(NodeKeys keys, Disk disk, NodeLoop loop, Links links) {}

  /**
   * Who hears of keys, on the loop.
   *
   * @param fence whether a step under that fence of LEFT may be taken
   * @param pairKey a key of the link is held from now on
   * @param receiptKey a receipt key is on the disk
   * @param refusals counts and tells what is refused
   */
  public record Hooks(
      LongPredicate fence, Consumer<LinkId> pairKey, Runnable receiptKey, KeyRefusals refusals) {}

  private static final Logger log = LoggerFactory.getLogger(KeyIntake.class);
  // Below main's own patience with a call.
  private static final Duration HANDSHAKE_PATIENCE = Duration.ofSeconds(3);

  private static final int RECEIPTS_MAX = 10_000; // that wait while the disk is busy
  private static final int ASKED_MAX = 1_000; // steps that wait for the disk, or for a proof

  private final NodeId self;
  private final Ports ports;
  private final Hooks hooks;
  private final KeyRings rings;
  // Rings the disk does not have yet; bounded by the links of this server.
  private final Map<String, KeyRing> unwritten = new TreeMap<>();
  private final List<Asked> unconfirmed = new ArrayList<>();
  private final List<Asked> unproven = new ArrayList<>();
  private final List<ReceiptKeyGrant> waitingReceipts = new ArrayList<>();
  private boolean storing;

  /** Takes nothing yet. */
  public KeyIntake(NodeId self, Ports ports, Hooks hooks) {
    this.self = self;
    this.ports = ports;
    this.hooks = hooks;
    this.rings = ports.keys.rings();
  }

  /** Takes the kinds of keys from the switchboard. */
  public void serve(Switchboard board) {
    board
        .serve(KeyvaultKinds.PAIR_KEY, KeyvaultKinds.STEP_VERSION, this::keyStep)
        .on(KeyvaultKinds.RECEIPT_KEY, this::receiptKey);
  }

  /** Both connections of the link have come to run under the epoch; told on the loop. */
  public void running(LinkId link, int epoch) {
    KeyRing.Turn turn = rings.ring(link.toString()).proven(epoch);
    if (turn.acts().contains(Act.STORE)) {
      log.info("{}: link {} has proven its key of epoch {}", self, link, epoch);
      keep(turn.ring());
    }
    List<Asked> now = unproven.stream().filter(asked -> asked.link.equals(link)).toList();
    unproven.removeAll(now);
    now.forEach(this::take);
    store();
  }

  private void keyStep(Peer from, Envelope request, CallHandler.Answer answer) {
    try {
      KeyStep step = KeyStep.from(request);
      LinkId link = LinkId.parse(step.link());
      if (from.role() != Role.MAIN || !link.joins(self)) {
        refuse(
            answer,
            step.step() + " of " + link + " from " + from,
            "NOT_ALLOWED",
            "expected a step of one of this worker's links, from a main");
      } else if (!hooks.fence.test(step.fence())) {
        refuse(
            answer,
            step.step() + " of " + link + " from " + from,
            "OLD_FENCE",
            "a newer fence was seen already");
      } else if (unconfirmed.size() + unproven.size() >= ASKED_MAX) {
        refuse(answer, step.step() + " of " + link, "BUSY", "too many steps wait; ask again");
      } else {
        take(new Asked(step, link, answer));
        store();
      }
    } catch (MalformedMessage | IllegalArgumentException malformed) {
      refuse(
          answer,
          "something from " + from,
          "MALFORMED",
          "not a key step: " + malformed.getMessage());
    }
  }

  private void refuse(Asked asked, String code, String why) {
    refuse(asked.answer, asked.step.step() + " of " + asked.link, code, why);
  }

  private void refuse(CallHandler.Answer answer, String what, String code, String why) {
    hooks.refusals.add(what, code, why);
    answer.refuse(code, why);
  }

  private void take(Asked asked) {
    KeyRing.Turn turn = rings.ring(asked.step.link()).take(asked.step);
    if (turn.acts().contains(Act.STORE)) {
      keep(turn.ring());
    } else {
      rings.hold(turn.ring());
    }
    act(turn, asked.link);
    if (turn.acts().contains(Act.END_ALL)) {
      cut(asked);
    } else if (turn.answer() == Answer.NOT_YET) {
      waitForProof(asked);
    } else if (turn.answer() != Answer.CONFIRM) {
      refuse(asked, turn.answer().name(), words(turn.answer()));
    } else {
      unconfirmed.add(asked);
    }
  }

  private void act(KeyRing.Turn turn, LinkId link) {
    if (!turn.ring().kept().isEmpty() || turn.ring().pending().isPresent()) {
      hooks.pairKey.accept(link);
    }
    if (turn.acts().contains(Act.DIAL)) {
      ports.links.rekey(link, turn.ring().dialEpoch());
    }
    if (turn.acts().contains(Act.END_OLDER)) {
      ports.links.retire(link, turn.ring().oldestEpoch());
    }
  }

  private void cut(Asked asked) {
    log.warn("{}: link {} is cut", self, asked.link);
    ports
        .links
        .cut(asked.link)
        .whenComplete(
            (done, problem) ->
                ports.loop.post(
                    () -> {
                      unconfirmed.add(asked);
                      store();
                    }));
  }

  private void keep(KeyRing ring) {
    rings.hold(ring);
    unwritten.put(ring.link(), ring);
  }

  private void waitForProof(Asked asked) {
    unproven.add(asked);
    ports.loop.after(
        HANDSHAKE_PATIENCE,
        () -> {
          if (unproven.remove(asked)) {
            refuse(asked, Answer.NOT_YET.name(), words(Answer.NOT_YET));
          }
        });
  }

  private static String words(Answer answer) {
    return switch (answer) {
      case CONFIRM -> "done";
      case NOT_YET -> "the link does not run under this epoch yet";
      case UNKNOWN_KEY -> "the key of this epoch is not held: offer it first";
      case NOT_NEWER -> "this epoch or a newer one is held: offer a newer one";
      case ALREADY_ACTIVE -> "this epoch is in use";
      case EPOCH_CUT -> "this epoch was cut: offer a newer one";
    };
  }

  private void receiptKey(Peer from, Envelope envelope) throws MalformedMessage {
    if (from.role() != Role.MAIN) {
      throw new MalformedMessage(from + " is no main");
    }
    if (waitingReceipts.size() >= RECEIPTS_MAX) {
      throw new MalformedMessage("too many receipt keys wait for the disk");
    }
    waitingReceipts.add(ReceiptKeyGrant.from(envelope));
    store();
  }

  // Whatever has come while the disk was busy is written together; confirmed is what it then has.
  private void store() {
    if (storing) {
      return;
    }
    if (unwritten.isEmpty() && waitingReceipts.isEmpty()) {
      unconfirmed.forEach(this::confirm);
      unconfirmed.clear();
      return;
    }
    storing = true;
    List<KeyRing> changed = List.copyOf(unwritten.values());
    List<ReceiptKeyGrant> receipts = List.copyOf(waitingReceipts);
    List<Asked> confirms = List.copyOf(unconfirmed);
    unwritten.clear();
    waitingReceipts.clear();
    unconfirmed.clear();
    ports
        .disk
        .run(
            () -> {
              ports.keys.store(changed, receipts);
              return changed;
            })
        .whenComplete(
            (done, problem) -> ports.loop.post(() -> stored(changed, receipts, confirms, problem)));
  }

  private void stored(
      List<KeyRing> changed,
      List<ReceiptKeyGrant> receipts,
      List<Asked> confirms,
      @Nullable Throwable problem) {
    storing = false;
    if (problem != null) {
      log.error("{} keys were not stored", changed.size() + receipts.size(), problem);
      // Written with the next step: main asks again.
      changed.forEach(ring -> unwritten.putIfAbsent(ring.link(), ring));
      confirms.forEach(asked -> refuse(asked, "NOT_STORED", "the key store cannot be written"));
      return;
    }
    confirms.forEach(this::confirm);
    if (!receipts.isEmpty()) {
      hooks.receiptKey.run();
    }
    store();
  }

  private void confirm(Asked asked) {
    KeyRing ring = rings.ring(asked.step.link());
    asked.answer.reply(ring.confirm(asked.step).toEnvelope());
  }

  private record Asked(KeyStep step, LinkId link, CallHandler.Answer answer) {}
}
