package io.elottery.deploy.supervision;

import io.elottery.deploy.supervision.Town.Streams;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.Connections;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.detector.Suspicion;
import io.elottery.heartbeat.impulse.ImpulseExchange;
import io.elottery.heartbeat.impulse.SelfState;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Load;
import io.elottery.reports.report.Report;
import io.elottery.reports.roster.Announce;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.verdict.Verdict;
import io.elottery.worker.disk.Disk;
import io.elottery.worker.disk.FenceStore;
import io.elottery.worker.disk.Incarnation;
import io.elottery.worker.disk.RosterFile;
import io.elottery.worker.mains.MainContact;
import io.elottery.worker.mains.OrderDesk;
import io.elottery.worker.proving.Proof;
import io.elottery.worker.proving.ProvingConfig;
import io.elottery.worker.reporting.MachineLoad;
import io.elottery.worker.reporting.ReportDesk;
import io.elottery.worker.reporting.ReportRelay;
import io.elottery.worker.reporting.WitnessDesk;
import io.elottery.worker.resting.RestDesk;
import io.elottery.worker.resting.RestFile;
import io.elottery.worker.roster.FenceDesk;
import io.elottery.worker.roster.RosterDesk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One worker: what {@code WorkerNode} wires on its supervision loop, on a simulated server; no
 * ledger, no disk.
 */
final class SimWorker {
  private static final Path NOWHERE = Path.of("/nowhere");
  private static final Duration REPORTS = Duration.ofSeconds(5);

  final NodeId id;
  final Hemisphere half;
  final List<NodeId> neighbours;
  final SimNode node;
  private final Town town;
  private final FenceStore fencesKept = new MemoryFences();
  private long lastIncarnation;
  private @Nullable Process process;

  SimWorker(Town town, NodeId id, Hemisphere half, List<NodeId> neighbours) {
    this.town = town;
    this.id = id;
    this.half = half;
    this.neighbours = neighbours;
    this.node = town.world.node(id.name(), Role.WORKER, this::boot);
  }

  /** What runs there now. */
  Optional<Process> process() {
    return node.isAlive() ? Optional.ofNullable(process) : Optional.empty();
  }

  RosterWorker entry() {
    return new RosterWorker(
        id,
        half,
        Optional.of(new Address(id.name(), 1)),
        Optional.of(new Address(id.name(), 2)),
        neighbours);
  }

  private void boot(SimNode at) {
    lastIncarnation = Incarnation.after(lastIncarnation, at.time().now());
    process = new Process(at, lastIncarnation);
  }

  /** One run of it. */
  final class Process {
    final NodeLoop loop;
    final ImpulseExchange impulses;
    final FakeReplicas replicas = new FakeReplicas(id.name());
    final ReportDesk reports;
    // When it last heard each neighbour and since when without a gap, by the world's clock.
    final Map<NodeId, Hearing> heard = new HashMap<>();
    // When anything came from each neighbour over the work connection.
    final Map<NodeId, Hearing> met = new HashMap<>();
    final long started = town.world.nanos();
    private final Switchboard mainCalls;
    private final Switchboard neighbourCalls;
    private final RosterDesk rosters;
    private final MainContact mains;
    private final FenceModel fences = new FenceModel();

    Process(SimNode at, long incarnation) {
      loop = at.loop("supervision");
      mainCalls =
          new Switchboard(
              0, town.streams(Streams.TRUNK).attach(at, this::fromMain, new Trunks()), loop);
      neighbourCalls =
          new Switchboard(
              0, town.streams(Streams.WORK).attach(at, this::fromNeighbour, new Work()), loop);
      Disk none = Disk.on(never -> {});
      FenceDesk gate = new FenceDesk(fencesKept, Disk.on(Runnable::run), loop);
      rosters = new RosterDesk(id, new RosterFile(NOWHERE.resolve(id.name())), gate, none);
      mains = new MainContact(mainCalls, loop, this::announcement);
      MachineLoad load = new MachineLoad(NOWHERE, none);
      impulses =
          new ImpulseExchange(
              id,
              incarnation,
              town.config.heartbeat(),
              town.streams(Streams.IMPULSE).attach(at, this::impulse, new Impulses()),
              loop,
              at.time(),
              () -> new SelfState(load.permille(), mains.hearsMain()),
              this::suspicionChanged);
      RestDesk rest =
          new RestDesk(id, new RestFile(NOWHERE.resolve("resting")), none, loop, replicas);
      reports =
          new ReportDesk(
              id,
              incarnation,
              REPORTS,
              new ReportDesk.Ports(
                  mainCalls,
                  neighbourCalls,
                  loop,
                  mains,
                  rosters,
                  impulses,
                  replicas,
                  load,
                  rest::isResting,
                  load::permille));
      rosters.serve(mainCalls);
      mains.serve();
      Proof proof =
          new Proof(
              id,
              NOWHERE,
              new Proof.Ports(loop, none, replicas, mainCalls, neighbourCalls, List::of),
              ProvingConfig.STANDARD);
      new OrderDesk(
              gate,
              mains::tellFence,
              new OrderDesk.Doers(
                  id,
                  replicas,
                  rest,
                  proof,
                  why -> CompletableFuture.failedFuture(new IllegalStateException("it stays"))))
          .serve(mainCalls);
      new ReportRelay(id, mainCalls, mains).serve(neighbourCalls);
      new WitnessDesk(impulses, neighbourCalls, loop).serve(mainCalls, mains::mains);
      loop.post(this::begin);
    }

    private void begin() {
      impulses.neighbours(neighbours);
      impulses.start();
      reports.start();
    }

    /** Floods a main with old routine reports. */
    void flood(int count) {
      loop.post(
          () -> {
            Report old =
                new Report(
                    id,
                    lastIncarnation,
                    1,
                    loop.time().now(),
                    Priority.ROUTINE,
                    true,
                    false,
                    Verdict.UP,
                    List.of(),
                    Load.NONE,
                    List.of(),
                    List.of(),
                    Optional.empty());
            Envelope envelope = old.envelope();
            for (int i = 0; i < count && !mains.mains().isEmpty(); i++) {
              mainCalls
                  .call(mains.mains().get(0), envelope, Duration.ofSeconds(1))
                  .exceptionally(busy -> envelope);
            }
          });
    }

    /** Calls it waits for. */
    int underWay() {
      return mainCalls.underWay() + neighbourCalls.underWay();
    }

    /** What nobody of it could read. */
    long dropped() {
      return Remains.unread(mainCalls) + Remains.unread(neighbourCalls);
    }

    private Announce announcement() {
      return new Announce(
          Optional.of(new Address(id.name(), 1)),
          Optional.of(new Address(id.name(), 2)),
          Optional.of("store"),
          1,
          rosters.highestFence(),
          rosters.current().fence(),
          rosters.current().version());
    }

    // As WorkerNode does.
    private void suspicionChanged(NodeId neighbour, Suspicion from, Suspicion to, String because) {
      reports.changed(neighbour, from, to, because);
      if (to != Suspicion.TRUSTED) {
        town.criticals.made(id, node.starts());
      }
    }

    private void fromMain(Peer from, Envelope envelope) {
      loop.post(
          () -> {
            if (envelope.kind() == Switchboard.REFUSAL) {
              Remains.checkRefusal(envelope);
            }
            int before = replicas.suspected.size();
            boolean admitted = fences.admits(envelope);
            mainCalls.received(from, envelope);
            if (!admitted && replicas.suspected.size() > before) {
              throw new AssertionError(id + " carried out an order under an old fence of " + from);
            }
          });
    }

    private void fromNeighbour(Peer from, Envelope envelope) {
      loop.post(
          () -> {
            if (envelope.kind() == Switchboard.REFUSAL) {
              Remains.checkRefusal(envelope);
            }
            met.computeIfAbsent(from.id(), key -> new Hearing()).now(town.world.nanos());
            neighbourCalls.received(from, envelope);
          });
    }

    private void impulse(Peer from, Envelope envelope) {
      loop.post(
          () -> {
            impulses.received(from, envelope);
            heard.computeIfAbsent(from.id(), key -> new Hearing()).now(town.world.nanos());
          });
    }

    private final class Trunks implements Connections {
      @Override
      public void connected(Peer peer) {
        loop.post(() -> mains.connected(peer));
      }

      @Override
      public void disconnected(Peer peer) {
        loop.post(
            () -> {
              mainCalls.disconnected(peer.id());
              mains.disconnected(peer);
            });
      }
    }

    private final class Work implements Connections {
      @Override
      public void connected(Peer peer) {}

      @Override
      public void disconnected(Peer peer) {
        loop.post(() -> neighbourCalls.disconnected(peer.id()));
      }
    }

    private final class Impulses implements Connections {
      @Override
      public void connected(Peer peer) {
        loop.post(() -> impulses.connected(peer.id()));
      }

      @Override
      public void disconnected(Peer peer) {
        loop.post(() -> impulses.disconnected(peer.id()));
      }

      @Override
      public void refused(Peer peer) {
        loop.post(() -> impulses.refusedReconnect(peer.id()));
      }
    }
  }
}
