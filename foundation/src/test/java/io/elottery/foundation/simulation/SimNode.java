package io.elottery.foundation.simulation;

import io.elottery.foundation.fault.FaultHandler;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.transport.Receiver;
import io.elottery.foundation.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One simulated server. Its loops, timers, connections and unsynced writes are gone when it
 * crashes; its disks stay. What runs on it is built anew by its {@link Boot} at each start.
 */
public final class SimNode {
  private static final int QUEUE_MAX = 1_000_000;
  private static final long TURN_NANOS_MIN = 1_000;
  private static final long TURN_NANOS_MAX = 60_000;

  private final SimWorld world;
  private final Peer self;
  private final Boot boot;
  private final SimTime time;
  private final SimRandom random;
  private final Map<String, SimDisk> disks = new TreeMap<>();
  private final List<NodeLoop> loops = new ArrayList<>();
  private final List<NodeLoop> ready = new ArrayList<>();
  private @Nullable FaultHandler faults;
  private long starts;
  private boolean alive;
  private boolean paused;
  private long busyUntil;
  // The world's: when its next turn is as far as known, and its place in the order of turns.
  long due;
  int place;
  boolean stale;

  /** Builds what runs on a server: loops, transports, the parts under test. */
  @FunctionalInterface
  public interface Boot {
    /** Called at each start, before any of the server's loops turns. */
    void boot(SimNode node);
  }

  SimNode(SimWorld world, Peer self, Boot boot) {
    this.world = world;
    this.self = self;
    this.boot = boot;
    SimRandom named = SimRandom.named(world.seed(), self.id().name());
    this.time = new SimTime(world, this, named.between(0, 1L << 50));
    this.random = named;
  }

  /** Its name. */
  public NodeId id() {
    return self.id();
  }

  /** What others know it as. */
  public Peer self() {
    return self;
  }

  /** Its clocks. */
  public SimTime time() {
    return time;
  }

  /** Its chance. */
  public RandomSource random() {
    return random;
  }

  /** A new loop, turned by the world until the server crashes. Call it in {@link Boot}. */
  public NodeLoop loop(String name) {
    long incarnation = starts;
    NodeLoop loop =
        new NodeLoop(
            id() + "/" + name,
            time,
            QUEUE_MAX,
            (where, problem) -> {
              if (isRunning(incarnation)) {
                fault(where, problem);
              }
            });
    loop.wakeWith(() -> world.moved(this));
    loops.add(loop);
    return loop;
  }

  /** The disk of that name; the same one after each restart. */
  public SimDisk disk(String name) {
    return disks.computeIfAbsent(
        name, key -> new SimDisk(this, SimRandom.named(world.seed(), id() + "/" + key)));
  }

  /** Its way into one of the world's networks; {@code receiver} is called as on its thread. */
  public Transport transport(String network, Receiver receiver) {
    return transport(network, receiver, Connections.UNHEARD);
  }

  /** The same, and told about connections. */
  public Transport transport(String network, Receiver receiver, Connections connections) {
    return world.network(network).attach(this, receiver, connections);
  }

  /** Runs tasks beside the loops, each after a short while of chance; gone at a crash. */
  public Executor offLoop() {
    long incarnation = starts;
    return task -> runLater(incarnation, task);
  }

  /** Deals with what is thrown in a loop, until the next crash; else the run fails. */
  public void onFault(FaultHandler handler) {
    faults = handler;
  }

  /** True between start and crash, also while paused. */
  public boolean isAlive() {
    return alive;
  }

  /** True while stopped by {@link #pause()}. */
  public boolean isPaused() {
    return paused;
  }

  /** How often it was started: 1 for the first time. */
  public long starts() {
    return starts;
  }

  /** Starts it; nothing happens when it runs. */
  public void start() {
    if (alive) {
      return;
    }
    alive = true;
    paused = false;
    world.moved(this);
    starts++;
    busyUntil = world.nanos();
    world.trace(id(), "starts", starts);
    boot.boot(this);
  }

  /** Takes its power away; nothing happens when it is down. */
  public void crash() {
    if (!alive) {
      return;
    }
    alive = false;
    paused = false;
    world.moved(this);
    faults = null;
    loops.clear();
    ready.clear();
    disks.values().forEach(SimDisk::crashed);
    world.trace(id(), "crashes", starts);
    world.crashed(this);
  }

  /** Stops it as SIGSTOP does: connections stay, nothing turns, clocks run on. */
  public void pause() {
    if (alive && !paused) {
      paused = true;
      world.moved(this);
      world.trace(id(), "pauses", starts);
    }
  }

  /** Ends {@link #pause()}. */
  public void resume() {
    if (paused) {
      paused = false;
      world.moved(this);
      world.trace(id(), "resumes", starts);
    }
  }

  /** Starves it: nothing of it turns for that long, though its connections and clocks run. */
  public void stall(Duration duration) {
    stall(duration.toNanos());
  }

  /** Its disks, by name. */
  public List<SimDisk> disks() {
    return List.copyOf(disks.values());
  }

  boolean isRunning(long incarnation) {
    return alive && starts == incarnation;
  }

  void checkAlive() {
    if (!alive) {
      throw new SimCrash(id().name());
    }
  }

  /** The server is busy for that long: nothing of it turns. */
  void stall(long nanos) {
    busyUntil = Math.max(busyUntil, world.nanos()) + nanos;
    world.moved(this);
  }

  /** When one of its loops has something to do, in the world's time; never: the largest long. */
  long nextTurn() {
    if (!alive || paused) {
      return Long.MAX_VALUE;
    }
    long next = Long.MAX_VALUE;
    for (int i = 0; i < loops.size(); i++) {
      next = Math.min(next, nextTurn(loops.get(i)));
    }
    return next == Long.MAX_VALUE ? next : Math.max(next, busyUntil);
  }

  /** Turns one of the loops that have something to do. */
  void turn(SimRandom chance) {
    long now = world.nanos();
    ready.clear();
    for (int i = 0; i < loops.size(); i++) {
      if (nextTurn(loops.get(i)) <= now) {
        ready.add(loops.get(i));
      }
    }
    if (ready.isEmpty()) {
      // A drifting clock was rounded: its timer is due a moment later.
      stall(TURN_NANOS_MIN);
      return;
    }
    NodeLoop loop = ready.get(ready.size() == 1 ? 0 : chance.nextInt(ready.size()));
    stall(chance.between(TURN_NANOS_MIN, TURN_NANOS_MAX));
    int ran = loop.poll();
    world.trace(id(), "turns", ran);
  }

  private long nextTurn(NodeLoop loop) {
    if (loop.queued() > 0) {
      return world.nanos();
    }
    long wait = loop.nanosToNextTimer();
    return wait == Long.MAX_VALUE ? wait : world.nanos() + time.worldNanos(wait);
  }

  private void runLater(long incarnation, Runnable task) {
    world.after(
        Duration.ofNanos(world.chance().between(10_000, 2_000_000)),
        () -> {
          if (!isRunning(incarnation)) {
            return;
          }
          if (paused) {
            runLater(incarnation, task);
          } else {
            task.run();
          }
        });
  }

  private void fault(String where, Throwable problem) {
    if (faults != null) {
      faults.fault(where, problem);
    } else {
      world.failed(where, problem);
    }
  }
}
