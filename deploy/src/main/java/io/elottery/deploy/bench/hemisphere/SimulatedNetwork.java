package io.elottery.deploy.bench.hemisphere;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.transport.Receiver;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.ReportsKinds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Answers main's probes and brings it the reports of all workers, staggered; on its own loop. */
final class SimulatedNetwork implements Transport {
  static final Duration REPORTS = Duration.ofSeconds(5);
  private static final int STEPS = 500;

  final Map<NodeId, SimulatedWorker> workers = new TreeMap<>();
  final Set<NodeId> dead = ConcurrentHashMap.newKeySet();
  private final NodeLoop loop;
  private Receiver main = (from, envelope) -> {};
  private long calls;

  /**
   * @param neighbours of each
   */
  SimulatedNetwork(int count, int neighbours, NodeLoop loop) {
    this.loop = loop;
    for (int i = 0; i < count; i++) {
      List<NodeId> others = new ArrayList<>();
      for (int step = 1; step <= neighbours / 2; step++) {
        others.add(name((i + step) % count));
        others.add(name((i - step + count) % count));
      }
      workers.put(name(i), new SimulatedWorker(name(i), others, new SystemTime()));
    }
  }

  /** Reports go to this main from now on. */
  void begin(Receiver receiver) {
    main = receiver;
    List<SimulatedWorker> all = List.copyOf(workers.values());
    int[] step = new int[1];
    loop.every(
        REPORTS.dividedBy(STEPS),
        () -> {
          int now = step[0]++ % STEPS;
          for (int i = now; i < all.size(); i += STEPS) {
            report(all.get(i));
          }
        });
  }

  /** These die at once; their neighbours say so. */
  void kill(Set<NodeId> victims) {
    dead.addAll(victims);
    loop.post(
        () ->
            workers.values().stream()
                .filter(worker -> worker.neighbours.stream().anyMatch(victims::contains))
                .forEach(this::report));
  }

  private void report(SimulatedWorker worker) {
    if (!dead.contains(worker.id)) {
      main.received(worker.peer, framed(++calls, worker.report(dead).envelope()));
    }
  }

  @Override
  public boolean send(NodeId to, Envelope envelope) {
    SimulatedWorker worker = workers.get(to);
    if (worker == null) {
      return true; // Another main: it takes everything.
    }
    if (dead.contains(to)) {
      return false;
    }
    return envelope.kind() != Switchboard.REQUEST || loop.post(() -> answer(worker, envelope));
  }

  private void answer(SimulatedWorker worker, Envelope call) {
    if (dead.contains(worker.id)) {
      return;
    }
    try {
      WireReader in = new WireReader(call.body());
      WireWriter out = new WireWriter().u8(in.u8()).i64(in.i64());
      boolean probe = in.u16() == ReportsKinds.PROBE;
      out.u16(probe ? ReportsKinds.PROBED : ReportsKinds.WITNESSED).u8(1);
      if (!probe) {
        out.u8(1);
      }
      main.received(worker.peer, new Envelope(Switchboard.RESPONSE, 1, out.toBytes()));
    } catch (MalformedMessage ours) {
      throw new IllegalStateException(ours);
    }
  }

  private static Envelope framed(long id, Envelope inner) {
    byte[] body =
        new WireWriter(inner.body().length + 16)
            .u8(0)
            .i64(id)
            .u16(inner.kind())
            .u8(inner.version())
            .raw(inner.body())
            .toBytes();
    return new Envelope(Switchboard.REQUEST, 1, body);
  }

  /** How long one report is on the wire. */
  int reportLength() {
    return Optional.of(workers.values().iterator().next())
        .map(worker -> worker.report(Set.of()).pack().length)
        .get();
  }

  private static NodeId name(int index) {
    return NodeId.of("worker-" + (index + 1));
  }
}
