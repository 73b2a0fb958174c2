package io.elottery.deploy.bench.detection;

import io.elottery.deploy.bench.detection.VerdictLog.Change;
import io.elottery.deploy.cluster.ClusterLayout;
import io.elottery.deploy.cluster.LocalCluster;
import io.elottery.deploy.cluster.Server;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.Table;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.time.RandomSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Kills and stops real workers and freezes observers, mains and the whole host; tells how long main
 * took to say {@code DOWN}, by its log, and how often it said so without reason. A time begins
 * before the signal is sent, so what the system needs to end the process counts.
 */
public final class DetectionBench {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration UP_PATIENCE = Duration.ofSeconds(90);
  private static final Duration SETTLE = Duration.ofSeconds(3);
  private static final Duration FREEZE = Duration.ofSeconds(1);
  // Of a server that was frozen beyond the bound itself a verdict may still come.
  private static final Duration AFTER_FREEZE = Duration.ofSeconds(1);

  private final LocalCluster cluster;
  private final ClusterLayout layout;
  private final RandomSource random;
  private final Consumer<String> progress;
  private final VerdictLog log;
  private final Table table =
      new Table(
          "BUSY LOOPS",
          "KILLED → DOWN, median / p99",
          "KILLED → ITS SOCKET CLOSED",
          "STOPPED → DOWN",
          "AWAKE → UP",
          "FREEZES",
          "FALSE DOWN");

  /** Over a cluster that runs. */
  public DetectionBench(
      LocalCluster cluster, ClusterLayout layout, RandomSource random, Consumer<String> progress) {
    this.cluster = cluster;
    this.layout = layout;
    this.random = random;
    this.progress = progress;
    Map<String, Path> logs = new TreeMap<>();
    layout.of(Server.Kind.MAIN).forEach(main -> logs.put(main.id().name(), main.log()));
    this.log = new VerdictLog(logs);
  }

  /** What was said while the network formed; call it first. */
  public String forming() throws IOException {
    long down = log.all().stream().filter(Change::isDown).count();
    return "DOWN while the network formed: " + down;
  }

  /**
   * Under so many busy loops.
   *
   * @param rounds kills, and as many stops
   * @param calm how long to look for verdicts without reason after that
   * @param freezes whether observers, mains and the host are frozen meanwhile
   */
  public void run(int loops, int rounds, Duration calm, boolean freezes)
      throws IOException, CommandFailed {
    try (BusyLoops busy = new BusyLoops(loops)) {
      Times killed = new Times();
      Times closed = new Times();
      Times stopped = new Times();
      Times awake = new Times();
      List<String> falseDown = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        progress.accept(
            loops + " busy loops, round " + round + " of " + rounds + ", killed " + killed.text());
        Server worker = worker(round);
        Instant began = settled();
        kill(worker, killed, closed);
        note(falseDown, began, Map.of(worker.id().name(), Instant.MAX));
        worker = worker(round + rounds);
        began = settled();
        stop(worker, stopped, awake);
        note(falseDown, began, Map.of(worker.id().name(), Instant.MAX));
      }
      int frozen = calm(calm, freezes, awake, falseDown);
      table.row(
          Integer.toString(loops),
          killed.text(),
          closed.text(),
          stopped.text(),
          awake.text(),
          freezes ? Integer.toString(frozen) : "-",
          Integer.toString(falseDown.size()));
      falseDown.forEach(each -> progress.accept("false: " + each));
      progress.accept(table.text());
    }
  }

  /** All that was measured. */
  public String text() {
    return table.text();
  }

  private void kill(Server worker, Times killed, Times closed) throws IOException, CommandFailed {
    Address address = worker.address("admin").orElseGet(worker::mainAddress);
    try (OpenSocket socket = new OpenSocket(address)) {
      Instant at = Instant.now();
      cluster.kill(List.of(worker));
      took(worker, at, killed);
      socket
          .closed()
          .ifPresentOrElse(then -> closed.took(Duration.between(at, then)), closed::never);
    }
    Instant back = Instant.now();
    cluster.start(List.of(worker));
    awaitUp(worker, back);
  }

  private void stop(Server worker, Times stopped, Times awake) throws IOException, CommandFailed {
    Instant at = Instant.now();
    cluster.signal(List.of(worker), "STOP");
    try {
      took(worker, at, stopped);
    } finally {
      Instant back = Instant.now();
      cluster.signal(List.of(worker), "CONT");
      awaitUp(worker, back).ifPresent(up -> awake.took(Duration.between(back, up.at())));
    }
  }

  private void took(Server worker, Instant at, Times times) throws IOException {
    Optional<Change> down =
        log.await(at, change -> change.isDown() && isAbout(change, worker), PATIENCE);
    down.ifPresentOrElse(change -> times.took(Duration.between(at, change.at())), times::never);
  }

  // Flapping is named SUSPECT: that it was called better than DOWN is what counts.
  private Optional<Change> awaitUp(Server worker, Instant after) throws IOException {
    return log.await(
        after,
        change -> isAbout(change, worker) && (change.to().equals("UP") || isFlapping(change)),
        UP_PATIENCE);
  }

  private int calm(Duration calm, boolean freezes, Times awake, List<String> falseDown)
      throws IOException, CommandFailed {
    Instant began = settled();
    Instant end = began.plus(calm);
    Map<String, Instant> excused = new TreeMap<>();
    int count = 0;
    while (Instant.now().isBefore(end)) {
      pause(Duration.ofMillis(500 + random.nextInt(3_000)));
      if (freezes) {
        freeze(excused, awake);
        count++;
      }
    }
    pause(PATIENCE.dividedBy(10));
    note(falseDown, began, excused);
    return count;
  }

  private void freeze(Map<String, Instant> excused, Times awake) throws IOException, CommandFailed {
    List<Server> frozen =
        switch (random.nextInt(3)) {
          case 0 -> List.of(worker(random.nextInt(1_000)));
          case 1 -> List.of(layout.of(Server.Kind.MAIN).get(random.nextInt(2)));
          default -> layout.servers();
        };
    progress.accept("frozen for 1 s: " + frozen.stream().map(Server::id).toList());
    cluster.signal(frozen, "STOP");
    pause(FREEZE);
    cluster.signal(frozen, "CONT");
    Instant back = Instant.now();
    // Alone it may be called DOWN; when all stood still nobody may.
    if (frozen.size() == 1 && frozen.get(0).kind() == Server.Kind.WORKER) {
      Server worker = frozen.get(0);
      excused.put(worker.id().name(), back.plus(AFTER_FREEZE));
      Optional<Change> down =
          log.await(
              back.minus(FREEZE),
              change -> change.isDown() && isAbout(change, worker),
              Duration.ofMillis(200));
      if (down.isPresent()) {
        awaitUp(worker, down.get().at())
            .ifPresent(up -> awake.took(positive(Duration.between(back, up.at()))));
      }
    }
  }

  // A verdict of a frozen worker is excused until the time that goes with it.
  private void note(List<String> falseDown, Instant since, Map<String, Instant> excused)
      throws IOException {
    for (Change change : List.copyOf(log.all())) {
      Instant until = excused.getOrDefault(change.worker(), Instant.MIN);
      if (change.isDown() && !change.at().isBefore(since) && change.at().isAfter(until)) {
        falseDown.add(change.toString());
      }
    }
  }

  private Instant settled() {
    pause(SETTLE.plusMillis(random.nextInt(1_000)));
    return Instant.now();
  }

  private Server worker(int number) {
    List<Server> workers = layout.of(Server.Kind.WORKER);
    return workers.get(number % workers.size());
  }

  private static boolean isAbout(Change change, Server worker) {
    return change.worker().equals(worker.id().name());
  }

  private static boolean isFlapping(Change change) {
    return change.to().equals("SUSPECT") && change.because().contains("flap");
  }

  private static Duration positive(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }

  private static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
