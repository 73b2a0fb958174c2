package io.elottery.deploy.mains;

import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimRandom;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.heartbeat.registry.RegistryState;
import io.elottery.heartbeat.registry.RegistryUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * A main's client of {@link ZooKeeperModel}, as Curator is: it says SUSPENDED in silence and LOST
 * when the session has ended or must be taken for ended; what was under way when a connection broke
 * is sent again, also in another session and also when it was done already.
 */
final class SimSession {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration AGAIN = Duration.ofMillis(150);
  private static final long SILENCE = ZooKeeperModel.SESSION.toNanos() * 2 / 3;
  private static final long PATIENCE = 5_000_000_000L;
  private static final int TRIES = 3;

  private final ZooKeeperModel zookeeper;
  private final SimWorld world;
  private final SimNode node;
  private final SimRandom chance;
  private final long starts;
  private final Consumer<RegistryState> listener;
  private RegistryState state = RegistryState.LOST;
  private long session;
  private long connection;
  private long heardAt;
  private long suspendedAt;

  SimSession(
      ZooKeeperModel zookeeper, SimNode node, SimRandom chance, Consumer<RegistryState> listener) {
    this.zookeeper = zookeeper;
    this.world = zookeeper.world;
    this.node = node;
    this.chance = chance;
    this.starts = node.starts();
    this.listener = listener;
    tick();
  }

  RegistryState state() {
    return state;
  }

  long session() {
    return session;
  }

  /** Something is asked of the ensemble, in whatever session there is when it arrives. */
  <T> CompletableFuture<T> ask(LongFunction<T> act) {
    CompletableFuture<T> result = new CompletableFuture<>();
    send(act, result, TRIES, world.nanos() + PATIENCE);
    return result;
  }

  private <T> void send(LongFunction<T> act, CompletableFuture<T> result, int tries, long until) {
    if (!isCurrent()) {
      return;
    }
    if (tries == 0 || world.nanos() > until) {
      result.completeExceptionally(new RegistryUnavailable("simulated", "no answer"));
      return;
    }
    if (node.isPaused() || state != RegistryState.CONNECTED) {
      world.after(AGAIN, () -> send(act, result, tries, until));
      return;
    }
    long sentOn = connection;
    long sentIn = session;
    world.after(
        delay(),
        () -> {
          if (!reaches() || connection != sentOn || !zookeeper.ping(sentIn)) {
            world.after(AGAIN, () -> send(act, result, tries - 1, until));
            return;
          }
          T done = act.apply(sentIn);
          world.after(delay(), () -> answered(act, result, tries, until, sentOn, done));
        });
  }

  private <T> void answered(
      LongFunction<T> act,
      CompletableFuture<T> result,
      int tries,
      long until,
      long sentOn,
      T done) {
    if (!isCurrent()) {
      return;
    }
    if (reaches() && connection == sentOn) {
      result.complete(done);
    } else {
      world.after(AGAIN, () -> send(act, result, tries - 1, until));
    }
  }

  private void tick() {
    if (!isCurrent()) {
      return;
    }
    if (!node.isPaused()) {
      look();
    }
    world.after(TICK, this::tick);
  }

  private void look() {
    long now = world.nanos();
    if (reaches()) {
      if (session == 0) {
        session = zookeeper.open();
        become(RegistryState.CONNECTED);
      } else if (zookeeper.ping(session)) {
        become(RegistryState.CONNECTED);
      } else {
        session = 0;
        become(RegistryState.SUSPENDED);
        become(RegistryState.LOST);
      }
      heardAt = now;
    } else if (state == RegistryState.CONNECTED
        && (now - heardAt > SILENCE || chance.chance(0.1))) {
      suspendedAt = now;
      become(RegistryState.SUSPENDED);
    } else if (state == RegistryState.SUSPENDED
        && now - suspendedAt > ZooKeeperModel.SESSION.toNanos()) {
      session = 0;
      become(RegistryState.LOST);
    }
  }

  private void become(RegistryState next) {
    if (next != state) {
      state = next;
      connection++;
      listener.accept(next);
    }
  }

  private boolean reaches() {
    return !zookeeper.isDown()
        && !world.isCut(node.id(), ZooKeeperModel.ID)
        && !world.isCut(ZooKeeperModel.ID, node.id());
  }

  private boolean isCurrent() {
    return node.isAlive() && node.starts() == starts;
  }

  private Duration delay() {
    long most = chance.chance(0.05) ? 400_000_000 : 8_000_000;
    return Duration.ofNanos(chance.between(300_000, most));
  }
}
