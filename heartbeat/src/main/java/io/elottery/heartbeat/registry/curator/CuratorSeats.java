package io.elottery.heartbeat.registry.curator;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.heartbeat.registry.RegistryUnavailable;
import io.elottery.heartbeat.registry.seats.SeatView;
import io.elottery.heartbeat.registry.seats.SeatView.Holder;
import io.elottery.heartbeat.registry.seats.Seats;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;

/**
 * The seats on ZooKeeper: {@link SeatPaths}. Whoever sits down changes the hemisphere's fence in
 * the same transaction, and everything that gives up or renews a seat checks the fence's version:
 * so nothing that was asked for an earlier holder, and is repeated by the client later, touches the
 * seat of a newer one. Any thread.
 */
final class CuratorSeats implements Seats {
  private static final int TRIES = 3;

  private final CuratorFramework client;
  private final Fences fences;
  private final NodeId self;
  private final byte[] name;

  CuratorSeats(CuratorRegistry registry, NodeId self) {
    this.client = registry.client();
    this.fences = registry.fences();
    this.self = self;
    this.name = self.name().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public CompletableFuture<SeatView> look(Hemisphere hemisphere) {
    return look(hemisphere, TRIES);
  }

  private CompletableFuture<SeatView> look(Hemisphere hemisphere, int triesLeft) {
    String what = "the seat of " + hemisphere;
    // The marks first: whatever is read later is at least as new.
    CompletableFuture<CuratorEvent> fence = get(what, SeatPaths.fence(hemisphere));
    return fence
        .thenCompose(x -> get(what, SeatPaths.COUNTER))
        .thenCompose(
            counter -> {
              boolean missing =
                  Replies.code(fence.join()) == Code.NONODE || Replies.code(counter) == Code.NONODE;
              if (missing && triesLeft > 0) {
                return prepared(hemisphere).thenCompose(x -> look(hemisphere, triesLeft - 1));
              }
              return view(hemisphere, fence.join(), counter);
            });
  }

  private CompletableFuture<SeatView> view(
      Hemisphere hemisphere, CuratorEvent fence, CuratorEvent counter) {
    String what = "the seat of " + hemisphere;
    if (Replies.code(fence) != Code.OK || Replies.code(counter) != Code.OK) {
      return Replies.failed(what, Replies.code(counter));
    }
    SeatView.Mark mark =
        new SeatView.Mark(fence.getStat().getVersion(), counter.getStat().getVersion());
    CompletableFuture<CuratorEvent> leader = get(what, SeatPaths.leader(hemisphere));
    CompletableFuture<CuratorEvent> next = get(what, SeatPaths.next(hemisphere));
    CompletableFuture<List<NodeId>> candidates = candidates(hemisphere);
    return CompletableFuture.allOf(leader, next, candidates)
        .thenCompose(
            done -> {
              Code code = Replies.code(leader.join());
              if (code != Code.OK && code != Code.NONODE) {
                return Replies.failed(what, code);
              }
              return CompletableFuture.completedFuture(
                  new SeatView(
                      holder(leader.join()),
                      candidates.join(),
                      named(next.join()),
                      number(counter.getData()),
                      mark));
            });
  }

  @Override
  public CompletableFuture<Void> enter(Hemisphere hemisphere) {
    String path = SeatPaths.candidate(hemisphere, self);
    String what = "standing for " + hemisphere;
    return get(what, path)
        .thenCompose(
            found ->
                Replies.code(found) == Code.OK && found.getStat().getEphemeralOwner() != session()
                    ? deleted(what, path)
                    : CompletableFuture.completedFuture(null))
        .thenCompose(x -> made(what, path, CreateMode.EPHEMERAL, name));
  }

  @Override
  public CompletableFuture<Void> withdraw(Hemisphere hemisphere) {
    String what = "not standing for " + hemisphere;
    return look(hemisphere)
        .thenCompose(
            view ->
                view.holder() == Holder.SELF
                    ? leave(hemisphere, view.mark().fence(), Optional.empty())
                    : CompletableFuture.completedFuture(null))
        .thenCompose(x -> deleted(what, SeatPaths.candidate(hemisphere, self)));
  }

  @Override
  public CompletableFuture<OptionalLong> take(Hemisphere hemisphere, SeatView seen, long atLeast) {
    String what = "sitting down for " + hemisphere;
    long fence = Math.max(seen.count(), atLeast) + 1;
    byte[] holding = new WireWriter().i64(fence).text(self.name()).toBytes();
    return Replies.ask(
            what,
            callback -> {
              List<CuratorOp> steps = new ArrayList<>();
              steps.add(set(SeatPaths.fence(hemisphere), holding, seen.mark().fence()));
              byte[] count = new WireWriter().i64(fence).toBytes();
              steps.add(set(SeatPaths.COUNTER, count, seen.mark().counter()));
              steps.add(set(SeatPaths.next(hemisphere), new byte[0], -1));
              if (seen.holder() == Holder.EARLIER_SELF) {
                steps.add(client.transactionOp().delete().forPath(SeatPaths.leader(hemisphere)));
              }
              if (seen.holder() != Holder.SELF) {
                steps.add(
                    client
                        .transactionOp()
                        .create()
                        .withMode(CreateMode.EPHEMERAL)
                        .forPath(SeatPaths.leader(hemisphere), name));
              }
              client.transaction().inBackground(callback).forOperations(steps);
            })
        .thenCompose(
            event ->
                switch (Replies.code(event)) {
                  case OK -> {
                    int version = event.getOpResults().get(0).getResultStat().getVersion();
                    fences.took(fence, new Fences.Check(SeatPaths.fence(hemisphere), version));
                    yield CompletableFuture.completedFuture(OptionalLong.of(fence));
                  }
                  case BADVERSION, NODEEXISTS, NONODE ->
                      CompletableFuture.completedFuture(OptionalLong.empty());
                  default -> Replies.failed(what, Replies.code(event));
                });
  }

  @Override
  public CompletableFuture<Void> release(Hemisphere hemisphere, long fence, Optional<NodeId> next) {
    return fences
        .check(fence)
        .map(check -> leave(hemisphere, check.version(), next))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  /** Does nothing when the seat was taken by another since. */
  private CompletableFuture<Void> leave(
      Hemisphere hemisphere, int fenceVersion, Optional<NodeId> next) {
    String what = "giving up the seat of " + hemisphere;
    byte[] named = next.map(NodeId::name).orElse("").getBytes(StandardCharsets.UTF_8);
    return Replies.ask(
            what,
            callback -> {
              CuratorOp still =
                  client
                      .transactionOp()
                      .check()
                      .withVersion(fenceVersion)
                      .forPath(SeatPaths.fence(hemisphere));
              CuratorOp name = set(SeatPaths.next(hemisphere), named, -1);
              CuratorOp up = client.transactionOp().delete().forPath(SeatPaths.leader(hemisphere));
              client.transaction().inBackground(callback).forOperations(still, name, up);
            })
        .thenCompose(
            event ->
                switch (Replies.code(event)) {
                  case OK, BADVERSION, NONODE -> CompletableFuture.completedFuture(null);
                  default -> Replies.failed(what, Replies.code(event));
                });
  }

  private CompletableFuture<List<NodeId>> candidates(Hemisphere hemisphere) {
    String what = "who stands for " + hemisphere;
    String directory = SeatPaths.candidates(hemisphere);
    Map<Long, NodeId> byAge = new TreeMap<>();
    return Replies.ask(what, c -> client.getChildren().inBackground(c).forPath(directory))
        .thenCompose(
            event -> {
              CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
              List<String> names = Replies.code(event) == Code.OK ? event.getChildren() : List.of();
              for (String each : names) {
                all =
                    all.thenCombine(
                        get(what, directory + "/" + each),
                        (x, found) -> {
                          if (Replies.code(found) == Code.OK) {
                            byAge.put(found.getStat().getCzxid(), NodeId.of(each));
                          }
                          return x;
                        });
              }
              return all;
            })
        .thenApply(done -> List.copyOf(byAge.values()));
  }

  private Holder holder(CuratorEvent leader) {
    if (Replies.code(leader) == Code.NONODE) {
      return Holder.NOBODY;
    }
    if (leader.getStat().getEphemeralOwner() == session()) {
      return Holder.SELF;
    }
    String holder = new String(leader.getData(), StandardCharsets.UTF_8);
    return holder.equals(self.name()) ? Holder.EARLIER_SELF : Holder.OTHER;
  }

  private static Optional<NodeId> named(CuratorEvent next) {
    return Replies.code(next) == Code.OK && next.getData().length > 0
        ? Optional.of(NodeId.of(new String(next.getData(), StandardCharsets.UTF_8)))
        : Optional.empty();
  }

  private long session() {
    try {
      return client.getZookeeperClient().getZooKeeper().getSessionId();
    } catch (Exception unusable) {
      // Curator declares no narrower type. No node has this owner.
      return -1;
    }
  }

  private CuratorOp set(String path, byte[] bytes, int version) throws Exception {
    return client.transactionOp().setData().withVersion(version).forPath(path, bytes);
  }

  private CompletableFuture<CuratorEvent> get(String what, String path) {
    return Replies.ask(what, c -> client.getData().inBackground(c).forPath(path));
  }

  /** Makes what take and leave change where it is missing, the counter last. */
  private CompletableFuture<Void> prepared(Hemisphere hemisphere) {
    byte[] zero = new WireWriter().i64(0).toBytes();
    String what = "preparing the seat of " + hemisphere;
    return made(what, SeatPaths.next(hemisphere), CreateMode.PERSISTENT, new byte[0])
        .thenCompose(
            x -> made(what, SeatPaths.fence(hemisphere), CreateMode.PERSISTENT, new byte[0]))
        .thenCompose(x -> made(what, SeatPaths.COUNTER, CreateMode.PERSISTENT, zero));
  }

  private CompletableFuture<Void> made(String what, String path, CreateMode mode, byte[] data) {
    return Replies.ask(
            what,
            c ->
                client
                    .create()
                    .creatingParentsIfNeeded()
                    .withMode(mode)
                    .inBackground(c)
                    .forPath(path, data))
        .thenCompose(event -> done(what, Replies.code(event), Code.NODEEXISTS));
  }

  private CompletableFuture<Void> deleted(String what, String path) {
    return Replies.ask(what, c -> client.delete().inBackground(c).forPath(path))
        .thenCompose(event -> done(what, Replies.code(event), Code.NONODE));
  }

  private static CompletableFuture<Void> done(String what, Code code, Code already) {
    return code == Code.OK || code == already
        ? CompletableFuture.completedFuture(null)
        : Replies.failed(what, code);
  }

  private static long number(byte[] data) {
    try {
      return new WireReader(data).i64();
    } catch (MalformedMessage malformed) {
      throw new IllegalStateException(
          new RegistryUnavailable("fence counter", data.length + " bytes, expected 8"));
    }
  }
}
