package io.elottery.heartbeat.registry.curator;

import io.elottery.foundation.fault.FaultTable;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.Time;
import io.elottery.heartbeat.registry.Election;
import io.elottery.heartbeat.registry.ElectionListener;
import io.elottery.heartbeat.registry.RegistryState;
import io.elottery.heartbeat.registry.seats.SeatElection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The election on ZooKeeper: {@link SeatElection} on a thread of its own, woken by watches and by
 * the session's state.
 *
 * <p>Not Curator's own latch: that serves its queue strictly in order, so the leader of one
 * hemisphere would get the other before an idle substitute behind it; and it knows no fences, so
 * that seat and fence would not be taken in one step.
 */
public final class CuratorElection implements Election, Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(CuratorElection.class);
  private static final int QUEUE = 10_000;
  private static final long CLOSE_PATIENCE_SECONDS = 3;

  private final SeatElection seats;
  private final PersistentWatcher watcher;
  private final NodeLoop loop;
  private final LoopThread thread;

  /**
   * Beside a registry that whoever made it starts before and closes after.
   *
   * @param highestFence the highest fence that any server reported so far; any thread
   */
  public CuratorElection(
      CuratorRegistry registry, NodeId self, Time time, LongSupplier highestFence) {
    this.loop =
        new NodeLoop("election", time, QUEUE, FaultTable.standard().handler(() -> {}, () -> {}));
    this.thread = new LoopThread(self.name(), loop);
    this.seats =
        new SeatElection(
            self,
            new CuratorSeats(registry, self),
            loop,
            () -> registry.state() == RegistryState.CONNECTED,
            highestFence);
    this.watcher = CuratorRegistry.watcher(registry.client(), SeatPaths.ROOT, seats::changed);
    registry.onState(this::stateChanged);
  }

  @Override
  public void start() {
    watcher.start();
    loop.post(seats::start);
    thread.start();
  }

  @Override
  public void stand(Hemisphere hemisphere, ElectionListener listener) {
    seats.stand(hemisphere, listener);
  }

  @Override
  public void resign(Hemisphere hemisphere) {
    seats.resign(hemisphere);
  }

  @Override
  public void renew(Hemisphere hemisphere) {
    seats.renew(hemisphere);
  }

  @Override
  public void fenceSeen() {
    seats.fenceSeen();
  }

  @Override
  public CompletableFuture<Boolean> handOver(Hemisphere hemisphere, NodeId to) {
    return seats.handOver(hemisphere, to);
  }

  @Override
  public List<NodeId> candidates(Hemisphere hemisphere) {
    return seats.candidates(hemisphere);
  }

  @Override
  public void close() {
    try {
      seats.end().get(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException left) {
      log.info("the seats end with the session: {}", String.valueOf(left.getMessage()));
    }
    thread.close();
    watcher.close();
  }

  private void stateChanged(RegistryState state) {
    if (state == RegistryState.LOST) {
      seats.lost();
    } else {
      seats.changed();
    }
  }
}
