package io.elottery.heartbeat.registry.curator;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.heartbeat.registry.Election;
import io.elottery.heartbeat.registry.ElectionListener;
import io.elottery.heartbeat.registry.RegistryState;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The election on ZooKeeper. Whatever happens, a watch or a second's passing, leads to one thing:
 * look at the nodes of both hemispheres and take the step they call for.
 *
 * <pre>
 *   seat vacant, leads nothing                      take it, get a fence, elected
 *   seat vacant, leads the other, nobody else stands  the same
 *   leads both, somebody else stands for one of them  deposed, give that one up
 *   leads, but the seat is not its session's          deposed
 *   session lost (on Curator's thread, at once)       deposed
 * </pre>
 *
 * <p>Not Curator's own latch: that serves its queue strictly in order, so the leader of one
 * hemisphere would get the other before an idle substitute behind it.
 */
public final class CuratorElection implements Election, Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(CuratorElection.class);

  // Watches tell of changes; this is for what they cannot: a fence or a node that was not obtained.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final long FENCE_PATIENCE_SECONDS = 6;
  private static final long CLOSE_PATIENCE_SECONDS = 3;

  private final CuratorRegistry registry;
  private final NodeId self;
  private final LongSupplier highestFence;
  private final SeatNodes nodes;
  private final PersistentWatcher watcher;
  private final ScheduledExecutorService thread;
  private final Map<Hemisphere, Seat> seats = new ConcurrentHashMap<>();
  // Resigned, but the nodes may still be there.
  private final Set<Hemisphere> leaving = ConcurrentHashMap.newKeySet();
  // Who stood at the last look, for both hemispheres, whether this server stands or not.
  private final Map<Hemisphere, List<String>> lastSeen = new ConcurrentHashMap<>();
  private final AtomicInteger looksWaiting = new AtomicInteger();
  private final AtomicLong sessionsLost = new AtomicLong();

  /**
   * Beside a registry that whoever made it starts before and closes after.
   *
   * @param highestFence the highest fence that any server reported so far; any thread
   */
  public CuratorElection(CuratorRegistry registry, NodeId self, LongSupplier highestFence) {
    this.registry = registry;
    this.self = self;
    this.highestFence = highestFence;
    this.nodes = new SeatNodes(registry.client(), self);
    this.watcher = CuratorRegistry.watcher(registry.client(), SeatNodes.ROOT, this::lookSoon);
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, self + "-election");
              made.setDaemon(true);
              return made;
            });
    registry.onState(this::stateChanged);
  }

  @Override
  public void start() {
    watcher.start();
    thread.scheduleWithFixedDelay(this::look, 0, LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stand(Hemisphere hemisphere, ElectionListener listener) {
    Seat fresh = new Seat(hemisphere, listener);
    Seat held = seats.putIfAbsent(hemisphere, fresh);
    if (held != null) {
      held.listener(listener);
    }
    lookSoon();
  }

  @Override
  public void resign(Hemisphere hemisphere) {
    Seat seat = seats.remove(hemisphere);
    if (seat != null) {
      seat.deposed();
      leaving.add(hemisphere);
      run(this::look);
    }
  }

  @Override
  public List<NodeId> candidates(Hemisphere hemisphere) {
    return lastSeen.getOrDefault(hemisphere, List.of()).stream().map(NodeId::of).toList();
  }

  @Override
  public void close() {
    List.copyOf(seats.keySet()).forEach(this::resign);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
    watcher.close();
  }

  private void stateChanged(RegistryState state) {
    if (state == RegistryState.LOST) {
      sessionsLost.incrementAndGet();
      seats.values().forEach(Seat::deposed);
    } else {
      lookSoon();
    }
  }

  private void lookSoon() {
    // One waiting look sees all that happened before it begins.
    if (looksWaiting.get() == 0) {
      looksWaiting.incrementAndGet();
      run(
          () -> {
            looksWaiting.set(0);
            look();
          });
    }
  }

  private void run(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException closed) {
      log.debug("{}: election is closed", self);
    }
  }

  private void look() {
    if (registry.state() != RegistryState.CONNECTED) {
      return;
    }
    try {
      for (Hemisphere hemisphere : Set.copyOf(leaving)) {
        withdraw(hemisphere);
      }
      for (Hemisphere hemisphere : Hemisphere.values()) {
        if (seats.containsKey(hemisphere)) {
          nodes.enter(hemisphere);
        }
      }
      for (Hemisphere hemisphere : Hemisphere.values()) {
        seen(hemisphere, nodes.candidates(hemisphere));
      }
      for (Map.Entry<Hemisphere, Seat> entry : new TreeMap<>(seats).entrySet()) {
        look(entry.getKey(), entry.getValue());
      }
      shareOut();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (Exception trouble) {
      // Curator declares no narrower type. The next look tries again.
      log.info("{}: election looks again in {}, because {}", self, LOOK_AGAIN, text(trouble));
    }
  }

  private void look(Hemisphere hemisphere, Seat seat) throws Exception {
    switch (nodes.leader(hemisphere)) {
      case OTHER -> seat.deposed();
      case SELF -> {
        if (!seat.leads()) {
          takeOffice(hemisphere, seat);
        }
      }
      case NOBODY -> {
        seat.deposed();
        if (mayTake(hemisphere) && nodes.take(hemisphere)) {
          takeOffice(hemisphere, seat);
        }
      }
    }
  }

  private boolean mayTake(Hemisphere hemisphere) {
    return !leads(hemisphere.other()) || !othersStandFor(hemisphere);
  }

  private boolean leads(Hemisphere hemisphere) {
    return Optional.ofNullable(seats.get(hemisphere)).map(Seat::leads).orElse(false);
  }

  private boolean othersStandFor(Hemisphere hemisphere) {
    return lastSeen.getOrDefault(hemisphere, List.of()).stream()
        .anyMatch(name -> !name.equals(self.name()));
  }

  private void takeOffice(Hemisphere hemisphere, Seat seat) throws Exception {
    long lostBefore = sessionsLost.get();
    long fence;
    try {
      fence =
          registry
              .fences()
              .next(hemisphere, self, highestFence.getAsLong())
              .get(FENCE_PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException noFence) {
      log.info("{}: {} has no fence yet, because {}", self, hemisphere, text(noFence));
      return;
    }
    if (sessionsLost.get() != lostBefore || seats.get(hemisphere) != seat) {
      return;
    }
    log.info("{}: candidate → leader of {} under fence {}", self, hemisphere, fence);
    seat.elected(fence);
    // Lost or resigned in between: whoever told of it may have come too early to depose it.
    if (sessionsLost.get() != lostBefore || seats.get(hemisphere) != seat) {
      seat.deposed();
    }
  }

  /** Leading both, hands over the one taken last for which somebody else stands. */
  private void shareOut() throws Exception {
    if (!leads(Hemisphere.LEFT) || !leads(Hemisphere.RIGHT)) {
      return;
    }
    Optional<Map.Entry<Hemisphere, Seat>> spare =
        seats.entrySet().stream()
            .filter(entry -> othersStandFor(entry.getKey()))
            .max(Comparator.comparingLong(entry -> entry.getValue().fence().orElse(0)));
    if (spare.isPresent()) {
      Hemisphere hemisphere = spare.get().getKey();
      log.info("{}: leader of {} → candidate, because others stand for it", self, hemisphere);
      spare.get().getValue().deposed();
      nodes.leave(hemisphere);
    }
  }

  private void withdraw(Hemisphere hemisphere) throws Exception {
    if (!seats.containsKey(hemisphere)) {
      nodes.leave(hemisphere);
      nodes.withdraw(hemisphere);
    }
    leaving.remove(hemisphere);
  }

  private void seen(Hemisphere hemisphere, List<String> names) {
    lastSeen.put(hemisphere, List.copyOf(names));
    Optional.ofNullable(seats.get(hemisphere)).ifPresent(seat -> seat.candidates(names));
  }

  private static String text(Throwable trouble) {
    return String.valueOf(trouble.getMessage());
  }
}
