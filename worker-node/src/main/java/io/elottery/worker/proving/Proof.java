package io.elottery.worker.proving;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.capacity.CapacityResult;
import io.elottery.reports.capacity.CapacityResult.Figures;
import io.elottery.worker.disk.Disk;
import io.elottery.worker.shards.Replicas;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One capacity test at a time: disk and crypto on the proof's own thread, then round trips to the
 * neighbours, then a canary through every shard held; judged, remembered, and told to the main that
 * asked. The supervision loop only sends and counts.
 */
public final class Proof {
  /**
   * What it measures with.
   *
   * @param thread where disk and crypto are measured; not supervision's
   * @param mains calls to mains
   * @param neighbours calls to neighbours
   * @param who the neighbours that are connected
   */
  public record Ports(
      NodeLoop loop,
      Disk thread,
      Replicas replicas,
      Switchboard mains,
      Switchboard neighbours,
      Supplier<List<NodeId>> who) {}

  private static final Logger log = LoggerFactory.getLogger(Proof.class);
  private static final int ROUNDS = 5;
  private static final long NO_ORDER = 0; // until it is known who is told
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Envelope PROBE =
      new Envelope(ReportsKinds.PROBE, ReportsKinds.VERSION, new byte[0]);

  private final NodeId self;
  private final Ports ports;
  private final ProvingConfig config;
  private final Bench bench;
  private final PastFile past;
  private Optional<Asker> asker = Optional.empty(); // of the test that is under way

  /**
   * @param directory on the disk that is to prove itself
   */
  public Proof(NodeId self, Path directory, Ports ports, ProvingConfig config) {
    this.self = self;
    this.ports = ports;
    this.config = config;
    this.bench = new Bench(directory, ports.loop.time());
    this.past = new PastFile(directory.resolve("capacity.past"));
  }

  /** Who wants to know, under which order. */
  private record Asker(NodeId main, long order) {}

  /** What disk and crypto gave. */
  private record Machine(Duration[] flushes, int sealed, int signed, int checked) {}

  /** What links gave. */
  private record Links(List<Duration> took, int silent) {}

  /**
   * Begins. The result goes to the main that asked last: while a test is under way a new leader
   * takes the place of the one that began it.
   *
   * @return false when the same main's test is under way
   */
  public boolean begin(NodeId main, long order) {
    boolean underWay = asker.isPresent();
    if (asker.filter(before -> before.main.equals(main)).isPresent()) {
      return false;
    }
    asker = Optional.of(new Asker(main, order));
    log.info("{}: proves itself, because {} asks", self, main);
    if (!underWay) {
      measure();
    }
    return true;
  }

  private void measure() {
    ports
        .thread
        .run(this::machine)
        .thenCompose(machine -> links().thenCompose(links -> canaries(machine, links)))
        .thenCompose(figures -> ports.thread.run(() -> judged(figures)))
        .whenComplete(
            (result, problem) ->
                ports.loop.post(
                    () -> {
                      Optional<Asker> last = asker;
                      asker = Optional.empty();
                      if (problem != null) {
                        log.warn("{}: the capacity test broke: {}", self, problem.toString());
                      } else {
                        last.ifPresent(one -> tell(one.main, result.under(one.order)));
                      }
                    }));
  }

  private Machine machine() throws Exception {
    Duration[] flushes = bench.flushes();
    int[] signatures = bench.signatures();
    return new Machine(flushes, bench.sealedPerSecond(), signatures[0], signatures[1]);
  }

  private CompletableFuture<Links> links() {
    CompletableFuture<Links> done = new CompletableFuture<>();
    ports.loop.post(
        () -> {
          List<NodeId> neighbours = ports.who.get();
          List<Duration> took = new ArrayList<>();
          int[] open = {neighbours.size(), 0};
          if (neighbours.isEmpty()) {
            done.complete(new Links(took, 0));
          }
          for (NodeId neighbour : neighbours) {
            probe(
                neighbour,
                ROUNDS,
                took,
                answered -> {
                  open[1] += answered ? 0 : 1;
                  if (--open[0] == 0) {
                    done.complete(new Links(took, open[1]));
                  }
                });
          }
        });
    return done;
  }

  private void probe(NodeId to, int rounds, List<Duration> took, Ended ended) {
    long before = ports.loop.time().nanos();
    ports
        .neighbours
        .call(to, PROBE, PATIENCE)
        .whenComplete(
            (answer, problem) -> {
              if (problem != null) {
                ended.ended(false);
                return;
              }
              took.add(Duration.ofNanos(ports.loop.time().nanos() - before));
              if (rounds > 1) {
                probe(to, rounds - 1, took, ended);
              } else {
                ended.ended(true);
              }
            });
  }

  private CompletableFuture<Figures> canaries(Machine machine, Links links) {
    CompletableFuture<Figures> done = new CompletableFuture<>();
    ports.replicas.canaries(
        config.canary().multipliedBy(2), took -> done.complete(figures(machine, links, took)));
    return done;
  }

  private static Figures figures(Machine machine, Links links, List<Optional<Duration>> canaries) {
    List<Duration> trips = links.took.stream().sorted().toList();
    return new Figures(
        at(List.of(machine.flushes), 50),
        at(List.of(machine.flushes), 99),
        at(List.of(machine.flushes), 100),
        machine.sealed,
        machine.signed,
        machine.checked,
        at(trips, 50),
        at(trips, 100),
        links.silent,
        at(canaries.stream().flatMap(Optional::stream).sorted().toList(), 100),
        canaries.size(),
        (int) canaries.stream().filter(Optional::isEmpty).count());
  }

  private static Duration at(List<Duration> sorted, int percent) {
    return sorted.isEmpty()
        ? Duration.ZERO
        : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  // On the proof's thread: it reads and writes a file.
  private CapacityResult judged(Figures figures) throws IOException {
    List<String> failures = Assessment.failures(figures, past.read(), config);
    if (failures.isEmpty()) {
      past.add(figures); // What failed does not become the measure.
    }
    return new CapacityResult(self, NO_ORDER, ports.loop.time().now(), failures, figures);
  }

  private void tell(NodeId main, CapacityResult result) {
    log.info("{}: capacity test {}", self, result.words());
    ports
        .mains
        .call(main, result.envelope(), PATIENCE)
        .whenComplete(
            (taken, problem) -> {
              if (problem != null) {
                log.warn("capacity result not taken by {}: {}", main, problem.getMessage());
              }
            });
  }

  private interface Ended {
    void ended(boolean answered);
  }
}
