package io.elottery.deploy.mains;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.ElectionDesk;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.hemisphere.Preference;
import io.elottery.controller.hemisphere.Wakefulness;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.Connections;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimRandom;
import io.elottery.foundation.transport.CallFailed;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.registry.RegistryState;
import io.elottery.heartbeat.registry.seats.SeatElection;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.Lead;
import io.elottery.reports.order.Order;
import io.elottery.reports.roster.Announce;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A main that stands by its preference and, while it acts, orders and records something all the
 * time: election, hemispheres and desk are the process's own.
 */
final class StandingMain {
  private static final Duration ACTS = Duration.ofMillis(300);
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  final NodeId id;
  final Preference preference;
  final SimNode node;
  private final HemisphereTown town;
  private @Nullable Process process;

  StandingMain(HemisphereTown town, NodeId id, Preference preference) {
    this.town = town;
    this.id = id;
    this.preference = preference;
    this.node = town.world.node(id.name(), Role.MAIN, at -> process = new Process(at));
  }

  Optional<Process> process() {
    return node.isAlive() ? Optional.ofNullable(process) : Optional.empty();
  }

  /** One run of it. */
  final class Process {
    final NodeLoop loop;
    final Hemispheres halves;
    final ElectionDesk desk;
    private final String run = id + "/" + node.starts();
    private final Switchboard board;
    private final SimSeats seats;
    private final TreeSet<NodeId> workers = new TreeSet<>();
    private final TreeSet<NodeId> connected = new TreeSet<>();
    private long lastOrder;

    Process(SimNode at) {
      loop = at.loop("main");
      NodeLoop elections = at.loop("election");
      AtomicLong seen = new AtomicLong();
      SeatElection[] election = new SeatElection[1];
      SimSession session =
          new SimSession(
              town.zookeeper,
              at,
              SimRandom.named(town.world.seed(), run),
              state -> {
                if (election[0] != null && state == RegistryState.LOST) {
                  election[0].lost();
                } else if (election[0] != null) {
                  election[0].changed();
                }
              });
      seats = new SimSeats(town.zookeeper, session, id);
      election[0] =
          new SeatElection(
              id, seats, elections, () -> session.state() == RegistryState.CONNECTED, seen::get);
      town.zookeeper.watch(() -> town.later(election[0]::changed));
      // Often it does not notice by itself that it slept: then the others' refusals alone help.
      Duration rest = town.world.seed() % 3 == 0 ? ZooKeeperModel.SESSION : NEVER;
      Wakefulness wakefulness = new Wakefulness(at.time(), rest);
      halves = new Hemispheres(id, wakefulness::isAwake);
      desk =
          new ElectionDesk(
              id, preference, new ElectionDesk.Ports(loop, halves, wakefulness, election[0], seen));
      board =
          new Switchboard(
              0,
              town.trunks.attach(
                  at, (from, envelope) -> loop.post(() -> received(from, envelope)), new Trunks()),
              loop);
      board.on(ReportsKinds.LEAD, this::lead).serve(ReportsKinds.ANNOUNCE, this::announced);
      halves.add(new Announcing());
      elections.post(election[0]::start);
      loop.post(desk::start);
      loop.every(ACTS, this::act);
    }

    private void received(Peer from, Envelope envelope) {
      board.received(from, envelope);
    }

    private void lead(Peer from, Envelope envelope) {
      halves.heard(parsed(envelope));
    }

    private void announced(Peer from, Envelope request, CallHandler.Answer answer) {
      try {
        desk.fenceSeen(Announce.parse(request.body()).fenceSeen());
      } catch (MalformedMessage malformed) {
        throw new AssertionError(malformed);
      }
      answer.reply(new Envelope(ReportsKinds.ANNOUNCED, ReportsKinds.VERSION, new byte[0]));
    }

    private void act() {
      for (Hemisphere half : Hemisphere.values()) {
        halves.fence(half).ifPresent(fence -> act(half, fence));
      }
    }

    private void act(Hemisphere half, long fence) {
      town.acts(run, half, fence);
      Order order = new Order(++lastOrder, half, fence, Order.Kind.MOVE_WRITERS, id, "simulated");
      for (NodeId worker : workers) {
        board
            .call(worker, order.envelope(), PATIENCE)
            .whenComplete(
                (taken, problem) -> {
                  if (problem instanceof CallFailed failed && failed.code().equals("OLD_FENCE")) {
                    halves.outdated(fence, worker.name());
                  }
                });
      }
      seats
          .write(half, fence)
          .whenCompleteAsync(
              (accepted, problem) -> {
                if (Boolean.FALSE.equals(accepted)) {
                  halves.outdated(fence, "the registry");
                }
              },
              loop);
    }

    private Lead parsed(Envelope envelope) {
      try {
        return Lead.parse(envelope.body());
      } catch (MalformedMessage malformed) {
        throw new AssertionError(malformed);
      }
    }

    private final class Announcing implements Duty {
      @Override
      public void begin(Hemisphere half, long fence) {
        town.acts(run, half, fence);
        Envelope lead = new Lead(half, id, fence).envelope();
        connected.forEach(peer -> board.send(peer, lead));
      }

      @Override
      public void end(Hemisphere half) {}
    }

    private final class Trunks implements Connections {
      @Override
      public void connected(Peer peer) {
        loop.post(
            () -> {
              connected.add(peer.id());
              if (peer.role() == Role.WORKER) {
                workers.add(peer.id());
              }
              halves.leads().forEach(lead -> board.send(peer.id(), lead.envelope()));
            });
      }

      @Override
      public void disconnected(Peer peer) {
        loop.post(
            () -> {
              connected.remove(peer.id());
              workers.remove(peer.id());
              board.disconnected(peer.id());
            });
      }
    }
  }
}
