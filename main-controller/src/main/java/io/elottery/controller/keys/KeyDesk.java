package io.elottery.controller.keys;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.servers.ServerBook;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.keyvault.keystep.KeyConfirm;
import io.elottery.keyvault.keystep.KeyStep;
import io.elottery.keyvault.keystep.KeyStep.Step;
import io.elottery.keyvault.keystep.PairKeyGrant;
import io.elottery.keyvault.vault.Vault;
import io.elottery.keyvault.vault.VaultSealed;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out keys while this main acts for LEFT: each link's pair key to both ends once both have
 * announced themselves, each shard's receipt key to its members. Everything is sent again after a
 * reconnect until confirmed on that connection; receivers take the same key any number of times. On
 * main's loop.
 */
public final class KeyDesk implements Duty {
  private static final Logger log = LoggerFactory.getLogger(KeyDesk.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration AGAIN = Duration.ofSeconds(2);

  /** What it needs. */
  public record Ports(
      Switchboard board,
      NodeLoop loop,
      Hemispheres halves,
      ServerBook book,
      Supplier<Optional<Ring>> ring) {}

  private final Ports ports;
  private final Supplier<NetworkPlan> plan;
  private final Vault vault;
  private final TreeSet<NodeId> connected = new TreeSet<>();
  // "worker what" that this connection confirmed or is being asked for; bounded by links and
  // shards.
  private final TreeSet<String> handled = new TreeSet<>();

  /** Gives out nothing until this main acts for LEFT. */
  public KeyDesk(Ports ports, Supplier<NetworkPlan> plan, Vault vault) {
    this.ports = ports;
    this.plan = plan;
    this.vault = vault;
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    ports.loop.every(AGAIN, this::handOut);
  }

  /** A worker is connected and its announcement was taken. */
  public void announced(Peer peer) {
    if (peer.role() == Role.WORKER) {
      connected.add(peer.id());
      handOut();
    }
  }

  /** A trunk closed: what was confirmed on it is asked for again on the next. */
  public void disconnected(Peer peer) {
    connected.remove(peer.id());
    forget(peer.id());
  }

  /** Links or shards may differ. */
  public void changed() {
    handOut();
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    handOut();
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      handled.clear();
    }
  }

  private void handOut() {
    if (!ports.halves.coordinates() || connected.isEmpty()) {
      return;
    }
    List<NodeId> announced = ports.book.named(Role.WORKER);
    for (LinkId link : LinkPlan.links(plan.get(), ports.ring.get())) {
      if (announced.contains(link.low()) && announced.contains(link.high())) {
        pairKey(link);
      }
    }
    ports.ring.get().ifPresent(this::receiptKeys);
  }

  private void pairKey(LinkId link) {
    for (NodeId end : List.of(link.low(), link.high())) {
      if (begins(end, link.toString())) {
        vault
            .pairKey(link.toString())
            .thenCompose(grant -> onLoop(() -> offer(end, grant)))
            .whenComplete((done, problem) -> ended(end, link.toString(), problem));
      }
    }
  }

  private CompletableFuture<Void> offer(NodeId to, PairKeyGrant grant) {
    long fence = ports.halves.fence(Hemisphere.LEFT).orElse(0L);
    return step(to, grant, KeyStep.offer(grant, fence))
        .thenCompose(
            held -> {
              KeyStep step = KeyStep.of(Step.ACTIVATE, grant.link(), grant.epoch(), fence);
              return step(to, grant, step);
            });
  }

  private CompletableFuture<Void> step(NodeId to, PairKeyGrant grant, KeyStep step) {
    return ports
        .board
        .call(to, step.toEnvelope(), PATIENCE)
        .thenAccept(answer -> check(grant, step.step(), answer));
  }

  private static void check(PairKeyGrant grant, Step step, Envelope answer) {
    try {
      KeyConfirm confirm = KeyConfirm.from(answer);
      if (!confirm.equals(grant.confirm(step))) {
        throw new IllegalStateException("confirmed another key of " + confirm.link());
      }
    } catch (MalformedMessage malformed) {
      throw new IllegalStateException("confirmation is malformed", malformed);
    }
  }

  private void receiptKeys(Ring ring) {
    for (NodeId worker : connected) {
      for (ShardId shard : ring.heldBy(worker)) {
        String what = "receipt key of " + shard;
        if (begins(worker, what)) {
          vault
              .receiptKey(shard.number())
              .thenAccept(grant -> ports.board.send(worker, grant.toEnvelope()))
              .whenComplete((done, problem) -> ended(worker, what, problem));
        }
      }
    }
  }

  private boolean begins(NodeId worker, String what) {
    return connected.contains(worker) && handled.add(worker + " " + what);
  }

  private void ended(NodeId worker, String what, @Nullable Throwable why) {
    if (why == null) {
      log.info("{} has {}", worker, what);
      return;
    }
    if (VaultSealed.isBehind(why)) {
      log.debug("{} waits for {}: the vault is sealed", worker, what);
    } else {
      log.warn("{} did not confirm {}, tried again soon: {}", worker, what, why.toString());
    }
    ports.loop.post(() -> handled.remove(worker + " " + what));
  }

  private void forget(NodeId worker) {
    handled.removeIf(entry -> entry.startsWith(worker + " "));
  }

  private <T> CompletableFuture<T> onLoop(Supplier<CompletableFuture<T>> step) {
    CompletableFuture<T> result = new CompletableFuture<>();
    ports.loop.execute(
        () ->
            step.get()
                .whenComplete(
                    (value, problem) -> {
                      if (problem == null) {
                        result.complete(value);
                      } else {
                        result.completeExceptionally(problem);
                      }
                    }));
    return result;
  }
}
