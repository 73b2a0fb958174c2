package io.elottery.deploy.supervision;

import io.elottery.controller.acting.ActingConfig;
import io.elottery.controller.acting.ActingPorts;
import io.elottery.controller.acting.ActingRoom;
import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.hemisphere.RegistrySession;
import io.elottery.controller.network.Neighbourhoods;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.schedule.RotationClock;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.supervision.Supervisor;
import io.elottery.deploy.supervision.Town.Streams;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.Connections;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.registry.RegistryState;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.Lead;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.reports.verdict.Judgement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One main: its supervision with hemispheres and orders, on a simulated server. */
final class SimMain {
  final NodeId id;
  final SimNode node;
  private final Town town;
  private @Nullable Process process;

  SimMain(Town town, NodeId id) {
    this.town = town;
    this.id = id;
    this.node = town.world.node(id.name(), Role.MAIN, at -> process = new Process(at));
  }

  Optional<Process> process() {
    return node.isAlive() ? Optional.ofNullable(process) : Optional.empty();
  }

  /** One run of it. */
  final class Process {
    final NodeLoop loop;
    final Hemispheres halves = new Hemispheres(id);
    final Supervisor supervisor;
    final ActingRoom acting;
    // When it last heard each worker on a trunk, by the world's clock.
    final Map<NodeId, Hearing> heard = new HashMap<>();
    final Switchboard board;
    private final TreeSet<NodeId> connected = new TreeSet<>();

    Process(SimNode at) {
      loop = at.loop("main");
      board =
          new Switchboard(
              0, town.streams(Streams.TRUNK).attach(at, this::received, new Trunks()), loop);
      supervisor =
          new Supervisor(
              new Supervisor.Ports(
                  board,
                  loop,
                  halves,
                  session(loop.time()),
                  this::refuses,
                  town.mains.keySet().stream().filter(main -> !main.equals(id)).toList(),
                  worker -> Optional.of(new Address(worker.name(), 1)),
                  this::judged),
              town.config.supervision());
      Neighbourhoods neighbourhoods = new Neighbourhoods(plan());
      acting =
          new ActingRoom(
              new ActingPorts(
                  board,
                  loop,
                  halves,
                  new Forgetful(),
                  town.mains.keySet().stream().filter(main -> !main.equals(id)).toList(),
                  () -> town.roster.stream().map(RosterWorker::id).toList(),
                  this::halfOf,
                  connected::contains,
                  supervisor::judgements,
                  supervisor::reports,
                  Optional::empty,
                  neighbourhoods,
                  edits -> {
                    neighbourhoods.take(edits.apply(neighbourhoods.edits()));
                    return CompletableFuture.completedFuture(null);
                  },
                  pair -> Optional.empty(),
                  shard -> List.of(),
                  (severity, code, subject, text) -> {}),
              ActingConfig.STANDARD,
              entry -> CompletableFuture.completedFuture(null),
              RotationClock.SILENT);
      halves.add(new Announcing());
      halves.add(supervisor);
      halves.add(acting);
      board.serve(ReportsKinds.ANNOUNCE, this::announced).on(ReportsKinds.LEAD, this::lead);
      loop.post(
          () -> {
            supervisor.watch(town.roster);
            supervisor.start();
            acting.start(new StaffCalls(board, halves));
          });
    }

    private RegistrySession session(Time time) {
      RegistrySession session = new RegistrySession(time);
      session.changed(RegistryState.CONNECTED);
      return session;
    }

    private void judged(Judgement judgement, long fence) {
      town.judged(SimMain.this, judgement, fence);
      acting.changed(judgement, fence);
    }

    private NetworkPlan plan() {
      Map<NodeId, NetworkPlan.Place> places = new TreeMap<>();
      for (RosterWorker worker : town.roster) {
        places.put(
            worker.id(),
            new NetworkPlan.Place(worker.hemisphere(), new TreeSet<>(worker.neighbours())));
      }
      return new NetworkPlan(places);
    }

    private Hemisphere halfOf(NodeId worker) {
      return town.worker(worker).half;
    }

    private void announced(Peer from, Envelope request, CallHandler.Answer answer) {
      answer.reply(
          new Envelope(ReportsKinds.ANNOUNCED, ReportsKinds.VERSION, request.body().clone()));
      halves.leads().forEach(lead -> board.send(from.id(), lead.envelope()));
      halves
          .lead(Hemisphere.LEFT)
          .ifPresent(lead -> board.send(from.id(), roster(lead.fence()).envelope()));
    }

    private Roster roster(long fence) {
      return new Roster(
          fence, 1, List.of(), List.of(), town.roster, List.of(), new byte[0], List.of());
    }

    private void lead(Peer from, Envelope envelope) {
      try {
        halves.heard(Lead.parse(envelope.body()));
      } catch (MalformedMessage malformed) {
        throw new AssertionError(malformed);
      }
    }

    private CompletableFuture<Boolean> refuses(Address address) {
      return town.refuses(id, NodeId.of(address.host()));
    }

    private void received(Peer from, Envelope envelope) {
      loop.post(
          () -> {
            if (envelope.kind() == Switchboard.REFUSAL) {
              Remains.checkRefusal(envelope);
            }
            heard.computeIfAbsent(from.id(), key -> new Hearing()).now(town.world.nanos());
            long refused = supervisor.dropped(Priority.CRITICAL);
            board.received(from, envelope);
            if (supervisor.dropped(Priority.CRITICAL) == refused) {
              town.criticals.taken(envelope);
            }
          });
    }

    Optional<Judgement> judgement(NodeId worker) {
      return supervisor.judgement(worker);
    }

    private final class Announcing implements Duty {
      @Override
      public void begin(Hemisphere hemisphere, long fence) {
        Envelope lead = new Lead(hemisphere, id, fence).envelope();
        connected.forEach(peer -> board.send(peer, lead));
      }

      @Override
      public void end(Hemisphere hemisphere) {}
    }

    private final class Trunks implements Connections {
      @Override
      public void connected(Peer peer) {
        loop.post(
            () -> {
              if (peer.role() == Role.WORKER) {
                connected.add(peer.id());
              }
              halves.leads().forEach(lead -> board.send(peer.id(), lead.envelope()));
              supervisor.connected(peer);
            });
      }

      @Override
      public void disconnected(Peer peer) {
        loop.post(
            () -> {
              connected.remove(peer.id());
              board.disconnected(peer.id());
              supervisor.disconnected(peer);
            });
      }
    }
  }
}
