package io.elottery.deploy.bench.hemisphere;

import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.hemisphere.RegistrySession;
import io.elottery.controller.supervision.SupervisionConfig;
import io.elottery.controller.supervision.Supervisor;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.transport.Inflow;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.heartbeat.registry.RegistryState;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** What supervising costs one main, and how long verdicts take when half of all die at once. */
public final class HemisphereBench {
  private static final int QUEUE = 100_000;
  private static final int NEIGHBOURS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<NodeId> OTHERS = List.of(NodeId.of("main-2"), NodeId.of("main-3"));

  private final int count;
  private final NodeLoop loop = loop("main");
  private final SimulatedNetwork network;
  private final Supervisor supervisor;
  private final Inflow inflow;
  private final Map<NodeId, Long> downAt = new ConcurrentHashMap<>();
  private volatile long diedAt = Long.MAX_VALUE;

  /** Over so many workers. */
  public HemisphereBench(int count) {
    this.count = count;
    NodeLoop outside = loop("network");
    network = new SimulatedNetwork(count, NEIGHBOURS, outside);
    Switchboard board = new Switchboard(0, network, loop);
    inflow = new Inflow(loop, board);
    RegistrySession session = new RegistrySession(new SystemTime());
    session.changed(RegistryState.CONNECTED);
    Hemispheres halves = new Hemispheres(NodeId.of("main-1"));
    supervisor =
        new Supervisor(
            new Supervisor.Ports(
                board,
                loop,
                halves,
                session,
                address -> CompletableFuture.completedFuture(isDead(address)),
                OTHERS,
                id -> Optional.of(new Address(id.name(), 1)),
                (judgement, fence) -> judged(judgement)),
            SupervisionConfig.from(ConfigSource.of(Map.of())));
    halves.add(supervisor);
    loop.post(
        () -> {
          supervisor.watch(network.workers.values().stream().map(SimulatedWorker::entry).toList());
          supervisor.start();
          network.workers.values().forEach(worker -> supervisor.connected(worker.peer));
          halves.elected(Hemisphere.LEFT, 1);
        });
    outside.post(() -> network.begin(inflow));
    new LoopThread("network", outside).start();
    new LoopThread("main-1", loop).start();
  }

  /** Measures; the processes' threads end with the command. */
  public String run(Duration warmUp, Duration measured) throws IOException {
    long thread = on(() -> Thread.currentThread().getId());
    pause(warmUp);
    long cpu = cpu(thread);
    long began = System.nanoTime();
    pause(measured);
    double share = (double) (cpu(thread) - cpu) / (System.nanoTime() - began);
    long up = on(() -> (long) verdicts(Verdict.UP));
    long cpuBefore = cpu(thread);
    Set<NodeId> victims = kill();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (downAt.size() < victims.size() && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    List<Long> millis =
        downAt.values().stream().map(at -> (at - diedAt) / 1_000_000).sorted().toList();
    long wrong = downAt.keySet().stream().filter(id -> !victims.contains(id)).count();
    return String.format(
        Locale.ROOT,
        "%d workers, %d neighbours each, a report of %d bytes every %d s, a probe every 500 ms%n"
            + "%d of them UP; %.1f %% of one core, %.1f µs a worker and second%n"
            + "%d die at once: DOWN after median %d ms, the last %d ms; %d never, %d wrong;"
            + " %.0f ms of processor time; %d messages dropped%n",
        count,
        NEIGHBOURS,
        network.reportLength(),
        SimulatedNetwork.REPORTS.toSeconds(),
        up,
        100 * share,
        1e6 * share / count,
        victims.size(),
        millis.isEmpty() ? -1 : millis.get(millis.size() / 2),
        millis.isEmpty() ? -1 : millis.get(millis.size() - 1),
        victims.size() - (downAt.size() - wrong),
        wrong,
        (cpu(thread) - cpuBefore) / 1e6,
        inflow.dropped());
  }

  // Every second one: each that lives has lost half of its neighbours.
  private Set<NodeId> kill() {
    int[] index = new int[1];
    Set<NodeId> victims =
        network.workers.keySet().stream()
            .filter(id -> index[0]++ % 2 == 0)
            .collect(Collectors.toCollection(ConcurrentHashMap::newKeySet));
    diedAt = System.nanoTime();
    network.kill(victims);
    for (NodeId victim : victims) {
      SimulatedWorker worker = network.workers.get(victim);
      if (worker != null) {
        loop.post(() -> supervisor.disconnected(worker.peer));
      }
    }
    return victims;
  }

  private void judged(Judgement judgement) {
    if (judgement.verdict() == Verdict.DOWN && diedAt != Long.MAX_VALUE) {
      downAt.putIfAbsent(judgement.worker(), System.nanoTime());
    }
  }

  private boolean isDead(Address address) {
    return network.dead.contains(NodeId.of(address.host()));
  }

  private int verdicts(Verdict verdict) {
    return (int)
        supervisor.judgements().values().stream().filter(it -> it.verdict() == verdict).count();
  }

  private <T> T on(java.util.function.Supplier<T> asked) throws IOException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.post(() -> answer.complete(asked.get()));
    try {
      return answer.get(30, java.util.concurrent.TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } catch (java.util.concurrent.ExecutionException
        | java.util.concurrent.TimeoutException failed) {
      throw new IOException("main's loop does not answer", failed);
    }
  }

  private static NodeLoop loop(String name) {
    return new NodeLoop(
        name,
        new SystemTime(),
        QUEUE,
        (where, problem) -> {
          throw new IllegalStateException(where, problem);
        });
  }

  private static long cpu(long thread) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread);
  }

  private static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
