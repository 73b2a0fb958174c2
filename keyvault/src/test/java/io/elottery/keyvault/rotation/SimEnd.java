package io.elottery.keyvault.rotation;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.Connections;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.keystep.KeyRing;
import io.elottery.keyvault.keystep.KeyStep;
import io.elottery.keyvault.keystep.PairKeyGrant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/**
 * A simulated worker's ends of its links: real key rings, a disk that is written late, and
 * handshakes of three messages, each of which may be lost.
 */
final class SimEnd implements SimNode.Boot {
  private static final int HELLO = 0x7001;
  private static final int WELCOME = 0x7002;
  private static final int FINISHED = 0x7003;
  private static final int SEEN = 0x7004;
  private static final int UNKNOWN = 0x7005;
  private static final Duration REDIAL = Duration.ofMillis(60);

  private final RotationWorld town;
  private final NodeId self;
  final Map<String, KeyRing> disk = new TreeMap<>();
  private long highestFence;
  private Life life = new Life();

  /** What is lost at a crash. */
  private static final class Life {
    private final Map<String, KeyRing> rings = new TreeMap<>();
    private final Map<String, Integer> running = new TreeMap<>(); // The epoch of the connection.
    private final Map<String, Integer> seen = new TreeMap<>(); // What the listener has seen end.
    private final Map<String, Boolean> writing = new TreeMap<>();
    private final Map<String, List<Runnable>> afterwards = new TreeMap<>();
  }

  SimEnd(RotationWorld town, NodeId self) {
    this.town = town;
    this.self = self;
  }

  @Override
  public void boot(SimNode node) {
    life = new Life();
    disk.forEach((link, ring) -> life.rings.put(link, ring));
    NodeLoop loop = node.loop("worker");
    Executor offLoop = node.offLoop();
    Switchboard[] board = new Switchboard[1];
    Transport trunks =
        node.transport(
            "trunks", (from, envelope) -> loop.post(() -> board[0].received(from, envelope)));
    board[0] = new Switchboard(1, trunks, loop);
    Transport[] links = new Transport[1];
    End end = new End(node, loop, offLoop, links);
    links[0] =
        node.transport(
            "links",
            (from, envelope) -> loop.post(() -> end.heard(from.id(), envelope)),
            new Connections() {
              @Override
              public void connected(Peer peer) {
                // It is dialled soon.
              }

              @Override
              public void disconnected(Peer peer) {
                loop.post(() -> end.closed(peer.id()));
              }
            });
    board[0].serve(
        KeyvaultKinds.PAIR_KEY,
        KeyvaultKinds.STEP_VERSION,
        (from, request, answer) -> end.step(request, answer));
    loop.every(REDIAL, end::dialAll);
  }

  /** Its ring in memory, or on the disk while it is down. */
  KeyRing ring(String link) {
    boolean up = town.world.node(self).isAlive();
    return (up ? life.rings : disk).getOrDefault(link, KeyRing.empty(link));
  }

  /** Its ring on the disk. */
  KeyRing stored(String link) {
    return disk.getOrDefault(link, KeyRing.empty(link));
  }

  /** The epoch of its live connection, 0 with none. */
  int running(String link) {
    return town.world.node(self).isAlive() ? life.running.getOrDefault(link, 0) : 0;
  }

  private final class End {
    private final SimNode node;
    private final NodeLoop loop;
    private final Executor offLoop;
    private final Transport[] links;
    private final Life mine = life;

    End(SimNode node, NodeLoop loop, Executor offLoop, Transport[] links) {
      this.node = node;
      this.loop = loop;
      this.offLoop = offLoop;
      this.links = links;
    }

    void step(Envelope request, CallHandler.Answer answer) {
      KeyStep step;
      try {
        step = KeyStep.from(request);
      } catch (MalformedMessage malformed) {
        throw new AssertionError(malformed);
      }
      town.points.pass(node, "hears " + step.step());
      if (step.fence() < highestFence) {
        answer.refuse("OLD_FENCE", "a newer main was heard");
        return;
      }
      highestFence = step.fence();
      KeyRing.Turn turn = ring(step.link()).take(step);
      act(step.link(), turn);
      if (turn.answer() != KeyRing.Answer.CONFIRM) {
        answer.refuse(turn.answer().name(), "as the ring says");
        return;
      }
      whenStored(
          step.link(),
          () -> {
            town.points.pass(node, "confirms " + step.step());
            answer.reply(ring(step.link()).confirm(step).toEnvelope());
            town.points.pass(node, "confirmed " + step.step());
          });
    }

    void dialAll() {
      for (LinkName link : town.links) {
        if (link.low().equals(self)) {
          int wanted = ring(link.text()).dialEpoch();
          boolean runs = mine.running.getOrDefault(link.text(), 0) == wanted;
          if (!runs || mine.seen.getOrDefault(link.text(), 0) != wanted) {
            dial(link.text(), wanted);
          }
        }
      }
    }

    void heard(NodeId from, Envelope envelope) {
      String link;
      int epoch;
      String check;
      try {
        WireReader in = new WireReader(envelope.body());
        link = in.text();
        epoch = in.i32();
        check = in.text();
      } catch (MalformedMessage malformed) {
        throw new AssertionError(malformed);
      }
      boolean same = check.equals(check(link, epoch));
      switch (envelope.kind()) {
        case HELLO -> say(from, same ? WELCOME : UNKNOWN, link, epoch);
        case WELCOME -> {
          if (same) {
            proven(link, epoch);
            say(from, FINISHED, link, epoch);
          }
        }
        case FINISHED -> {
          if (same) {
            proven(link, epoch);
            say(from, SEEN, link, epoch);
          }
        }
        case UNKNOWN -> older(link, epoch);
        default -> {
          if (same) {
            mine.seen.put(link, epoch);
          }
        }
      }
    }

    /** The connections to that worker are gone, whoever closed them. */
    void closed(NodeId peer) {
      for (LinkName link : town.links) {
        if (link.joins(peer)) {
          mine.running.remove(link.text());
          mine.seen.remove(link.text());
        }
      }
    }

    // The newest is refused as unknown: the one before, if it is still there and none runs.
    private void older(String link, int epoch) {
      KeyRing ring = ring(link);
      if (!ring.kept().headMap(epoch).isEmpty() && mine.running.getOrDefault(link, 0) == 0) {
        dial(link, ring.kept().headMap(epoch).lastKey());
      }
    }

    private void proven(String link, int epoch) {
      town.points.pass(node, "handshake done");
      mine.running.merge(link, epoch, Math::max);
      act(link, ring(link).proven(epoch));
    }

    private void act(String link, KeyRing.Turn turn) {
      mine.rings.put(link, turn.ring());
      for (KeyRing.Act act : turn.acts()) {
        switch (act) {
          case END_ALL -> {
            mine.running.remove(link);
            mine.seen.remove(link);
          }
          case END_OLDER ->
              mine.running.computeIfPresent(
                  link, (any, epoch) -> epoch < turn.ring().oldestEpoch() ? null : epoch);
          case STORE -> store(link);
          case DIAL -> {
            if (LinkName.parse(link).low().equals(self)) {
              dial(link, turn.ring().dialEpoch());
            }
          }
        }
      }
    }

    private void whenStored(String link, Runnable then) {
      if (mine.writing.getOrDefault(link, false)) {
        mine.afterwards.computeIfAbsent(link, none -> new ArrayList<>()).add(then);
        store(link);
      } else {
        then.run();
      }
    }

    private void store(String link) {
      if (mine.writing.getOrDefault(link, false)) {
        mine.afterwards.computeIfAbsent(link, none -> new ArrayList<>());
        return;
      }
      mine.writing.put(link, true);
      KeyRing now = ring(link);
      KeyRing bare = KeyRing.stored(link, now.kept(), now.cutUpTo());
      town.points.pass(node, "before store");
      offLoop.execute(
          () -> {
            disk.put(link, bare);
            if (!town.points.dies(node, "after store")) {
              loop.post(() -> stored(link));
            }
          });
    }

    private void stored(String link) {
      mine.writing.put(link, false);
      List<Runnable> waiting = mine.afterwards.remove(link);
      if (waiting == null) {
        return;
      }
      // What came while it was written needs another write before it is confirmed.
      KeyRing is = ring(link);
      KeyRing there = SimEnd.this.stored(link);
      boolean stale = !there.kept().equals(is.kept()) || there.cutUpTo() != is.cutUpTo();
      if (stale) {
        mine.afterwards.put(link, waiting);
        store(link);
      } else {
        waiting.forEach(Runnable::run);
      }
    }

    private void dial(String link, int epoch) {
      if (epoch > 0) {
        say(LinkName.parse(link).high(), HELLO, link, epoch);
      }
    }

    private void say(NodeId to, int kind, String link, int epoch) {
      byte[] body = new WireWriter().text(link).i32(epoch).text(check(link, epoch)).toBytes();
      links[0].send(to, new Envelope(kind, 1, body));
    }

    private String check(String link, int epoch) {
      return ring(link)
          .key(epoch)
          .map(key -> new PairKeyGrant(link, epoch, key).check())
          .orElse("none of " + self);
    }
  }
}
