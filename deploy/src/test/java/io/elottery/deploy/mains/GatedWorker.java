package io.elottery.deploy.mains;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.Connections;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.Lead;
import io.elottery.reports.order.Order;
import io.elottery.reports.roster.Announce;
import io.elottery.worker.disk.Disk;
import io.elottery.worker.disk.FenceStore;
import io.elottery.worker.roster.FenceDesk;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A worker that obeys what its fences admit; its disk is slow and outlives its crashes. */
final class GatedWorker {
  final NodeId id;
  final SimNode node;
  private final HemisphereTown town;
  private final Map<Hemisphere, Long> kept = new EnumMap<>(Hemisphere.class);
  // Under which it did something, over all its lives.
  private final Map<Hemisphere, Long> obeyed = new EnumMap<>(Hemisphere.class);

  GatedWorker(HemisphereTown town, NodeId id) {
    this.town = town;
    this.id = id;
    this.node = town.world.node(id.name(), Role.WORKER, this::boot);
  }

  /** The newest fence it obeyed. */
  long obeyed(Hemisphere half) {
    return obeyed.getOrDefault(half, 0L);
  }

  private void boot(SimNode at) {
    new Process(at);
  }

  /** One run of it. */
  private final class Process implements FenceStore, Connections {
    private final NodeLoop loop;
    private final Switchboard board;
    private final FenceDesk fences;

    Process(SimNode at) {
      loop = at.loop("supervision");
      board =
          new Switchboard(
              0,
              town.trunks.attach(at, (from, it) -> loop.post(() -> received(from, it)), this),
              loop);
      fences = new FenceDesk(this, Disk.on(at.offLoop()), loop);
      board.on(ReportsKinds.LEAD, this::lead).serve(ReportsKinds.ORDER, this::order);
    }

    private void received(Peer from, Envelope envelope) {
      board.received(from, envelope);
    }

    private void lead(Peer from, Envelope envelope) {
      try {
        Lead lead = Lead.parse(envelope.body());
        fences.admits(lead.hemisphere(), lead.fence());
      } catch (MalformedMessage malformed) {
        throw new AssertionError(malformed);
      }
    }

    private void order(Peer from, Envelope request, CallHandler.Answer answer) {
      try {
        Order order = Order.parse(request.body());
        fences.check(
            order.hemisphere(),
            order.fence(),
            "order",
            outcome -> {
              if (outcome == FenceDesk.Answer.ADMITTED) {
                obey(from.id(), order);
                answer.reply(
                    new Envelope(ReportsKinds.ORDER_TAKEN, ReportsKinds.VERSION, new byte[0]));
              } else {
                town.refused++;
                answer.refuse(outcome.name(), "a newer leader acts");
                announceTo(from.id());
              }
            });
      } catch (MalformedMessage malformed) {
        throw new AssertionError(malformed);
      }
    }

    private void obey(NodeId main, Order order) {
      long before = obeyed(order.hemisphere());
      town.obeyed(GatedWorker.this, main, order, before);
      obeyed.put(order.hemisphere(), order.fence());
    }

    private void announceTo(NodeId main) {
      Announce announce =
          new Announce(
              Optional.empty(), Optional.empty(), Optional.of("store"), 1, fences.highest(), 0, 0);
      board
          .call(main, announce.envelope(), Duration.ofSeconds(1))
          .exceptionally(lost -> announce.envelope());
    }

    @Override
    public Map<Hemisphere, Long> read() {
      return new EnumMap<>(kept);
    }

    @Override
    public void write(Map<Hemisphere, Long> fences) {
      kept.putAll(fences);
    }

    @Override
    public void connected(Peer peer) {
      loop.post(() -> announceTo(peer.id()));
    }

    @Override
    public void disconnected(Peer peer) {
      loop.post(() -> board.disconnected(peer.id()));
    }
  }
}
