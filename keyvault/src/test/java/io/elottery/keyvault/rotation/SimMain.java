package io.elottery.keyvault.rotation;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.Connections;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.keystep.KeyConfirm;
import io.elottery.keyvault.keystep.KeyStep;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** A simulated main: the keepers of all links and of the plan, while it leads. */
final class SimMain implements SimNode.Boot {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final RotationWorld town;
  private Optional<Acting> acting = Optional.empty();
  private Optional<Running> running = Optional.empty();

  private record Running(SimNode node, NodeLoop loop, Switchboard board, TreeSet<NodeId> peers) {}

  SimMain(RotationWorld town) {
    this.town = town;
  }

  @Override
  public void boot(SimNode node) {
    acting = Optional.empty();
    NodeLoop loop = node.loop("main");
    TreeSet<NodeId> peers = new TreeSet<>();
    Switchboard[] board = new Switchboard[1];
    Transport transport =
        node.transport(
            "trunks",
            (from, envelope) -> loop.post(() -> board[0].received(from, envelope)),
            new Connections() {
              @Override
              public void connected(Peer peer) {
                loop.post(() -> came(peer));
              }

              @Override
              public void disconnected(Peer peer) {
                loop.post(() -> went(peer));
              }
            });
    board[0] = new Switchboard(1, transport, loop);
    running = Optional.of(new Running(node, loop, board[0], peers));
    loop.every(TICK, () -> acting.ifPresent(Acting::tick));
  }

  /** It leads from now on, until it is told otherwise or dies. */
  void lead(long fence) {
    Running now = running.orElseThrow();
    now.loop.post(
        () -> {
          acting.ifPresent(Acting::stop);
          acting = Optional.of(new Acting(now, fence));
        });
  }

  /** It hears that another leads. */
  void depose() {
    running.ifPresent(
        now ->
            now.loop.post(
                () -> {
                  acting.ifPresent(Acting::stop);
                  acting = Optional.empty();
                }));
  }

  /** Begins a plan over all links, when it leads and none runs. */
  void rotateAll(String id) {
    running.ifPresent(now -> now.loop.post(() -> acting.ifPresent(is -> is.rotateAll(id))));
  }

  /** Cuts a link, when it leads; it gets a new key after a while. */
  void cut(LinkName link) {
    running.ifPresent(now -> now.loop.post(() -> acting.ifPresent(is -> is.cut(link))));
  }

  private void came(Peer peer) {
    if (peer.role() == Role.WORKER) {
      running.orElseThrow().peers.add(peer.id());
      acting.ifPresent(is -> is.of(peer.id(), keeper -> keeper.connected(peer.id())));
    }
  }

  private void went(Peer peer) {
    running.orElseThrow().peers.remove(peer.id());
    running.orElseThrow().board.disconnected(peer.id());
    acting.ifPresent(is -> is.of(peer.id(), keeper -> keeper.disconnected(peer.id())));
  }

  private final class Acting implements LinkEnds {
    private final Running on;
    private final Map<LinkName, LinkKeeper> keepers = new TreeMap<>();
    private final RotationKeeper plans;

    Acting(Running on, long fence) {
      this.on = on;
      SharedRecords.View view = town.records.new View(on.node, on.loop, fence);
      for (LinkName link : town.links) {
        LinkKeeper keeper =
            new LinkKeeper(
                new LinkKeeper.Ports(on.loop, on.node.random(), view, this),
                new LinkMachine(RotationWorld.DEADLINE),
                link,
                fence,
                () -> {});
        keepers.put(link, keeper);
        keeper.start();
      }
      plans =
          new RotationKeeper(
              new RotationKeeper.Ports(
                  on.loop, view, link -> Optional.ofNullable(keepers.get(link)), this::blocked),
              new RotationMachine(RotationWorld.DEADLINE),
              () -> {});
      plans.start();
    }

    @Override
    public boolean isConnected(NodeId end) {
      return on.peers.contains(end);
    }

    @Override
    public CompletableFuture<KeyConfirm> ask(NodeId end, KeyStep step) {
      town.points.pass(on.node, "before " + step.step());
      return on.board
          .call(end, step.toEnvelope(), PATIENCE)
          .thenCompose(
              answer -> {
                town.points.pass(on.node, "confirmed " + step.step());
                try {
                  return CompletableFuture.completedFuture(KeyConfirm.from(answer));
                } catch (MalformedMessage malformed) {
                  return CompletableFuture.failedFuture(malformed);
                }
              });
    }

    void tick() {
      for (LinkKeeper keeper : keepers.values()) {
        keeper.state().filter(is -> first(is)).ifPresent(is -> begin(keeper, is));
        keeper.take(new LinkEvent.Tick());
      }
      plans.step();
    }

    void rotateAll(String id) {
      if (plans.busy().isEmpty()) {
        plans.begin(
            RotationPlan.of(id, "all", "ann", "bob", on.node.time().now(), Waves.of(town.links)));
      }
    }

    void cut(LinkName link) {
      LinkKeeper keeper = keepers.get(link);
      if (keeper != null) {
        keeper
            .state()
            .filter(is -> is.last() > 0)
            .ifPresent(is -> keeper.take(new LinkEvent.Cut(is.last(), "test")));
      }
    }

    void of(NodeId end, java.util.function.Consumer<LinkKeeper> what) {
      keepers.forEach(
          (link, keeper) -> {
            if (link.joins(end)) {
              what.accept(keeper);
            }
          });
    }

    void stop() {
      keepers.values().forEach(LinkKeeper::stop);
      plans.stop();
    }

    // A cut is lifted after a second of main's own clock.
    private boolean first(LinkKeys is) {
      return is.phase() == Phase.NEW
          || (is.phase() == Phase.CUT
              && Duration.between(is.since(), on.node.time().now()).abs().toMillis() > 1_000);
    }

    private void begin(LinkKeeper keeper, LinkKeys is) {
      keeper.take(new LinkEvent.Begin(is.last() + 1, "first"));
    }

    private Optional<String> blocked(LinkName link) {
      for (LinkKeeper other : keepers.values()) {
        Optional<LinkKeys> is = other.state();
        if (is.isEmpty()) {
          return Optional.of("not known");
        }
        boolean meets = is.get().link().ends().stream().anyMatch(link::joins);
        if (meets && is.get().isRotating()) {
          return Optional.of("another is rotated");
        }
        if (is.get().link().equals(link) && is.get().phase() != Phase.STEADY) {
          return Optional.of("not steady");
        }
      }
      return Optional.empty();
    }
  }
}
