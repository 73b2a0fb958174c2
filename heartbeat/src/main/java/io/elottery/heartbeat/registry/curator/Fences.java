package io.elottery.heartbeat.registry.curator;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.heartbeat.registry.FenceCounter;
import io.elottery.heartbeat.registry.RegistryUnavailable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;

/**
 * The counter in {@code /fence/counter}; each hemisphere's newest fence and its holder in {@code
 * /fence/LEFT} and {@code /fence/RIGHT}. Both change in one transaction; a write under a fence
 * checks that its hemisphere's node still has the version that taking the fence gave it.
 */
final class Fences implements FenceCounter {
  private static final String COUNTER = "/fence/counter";
  private static final int TRIES = 50;

  private final CuratorFramework client;
  // Fences taken here, and the check that goes with each. Touched by Curator's and callers'
  // threads.
  private final Map<Long, Check> taken = new ConcurrentHashMap<>();

  Fences(CuratorFramework client) {
    this.client = client;
  }

  /** The node and version that show the fence is still the newest. */
  record Check(String path, int version) {}

  Optional<Check> check(long fence) {
    return Optional.ofNullable(taken.get(fence));
  }

  /** The fence was found outdated. */
  void drop(long fence) {
    taken.remove(fence);
  }

  @Override
  public CompletableFuture<Long> next(Hemisphere hemisphere, NodeId holder, long atLeast) {
    return next(hemisphere, holder, atLeast, TRIES);
  }

  @Override
  public CompletableFuture<Optional<Holding>> newest(Hemisphere hemisphere) {
    String path = path(hemisphere);
    return Replies.ask(
            "newest fence of " + hemisphere, c -> client.getData().inBackground(c).forPath(path))
        .thenCompose(
            event -> {
              if (Replies.code(event) == Code.NONODE) {
                return CompletableFuture.completedFuture(Optional.empty());
              }
              return Replies.code(event) == Code.OK
                  ? holding(event.getData())
                  : Replies.failed("newest fence of " + hemisphere, Replies.code(event));
            });
  }

  private CompletableFuture<Long> next(
      Hemisphere hemisphere, NodeId holder, long atLeast, int triesLeft) {
    String what = "next fence for " + hemisphere;
    if (triesLeft == 0) {
      return CompletableFuture.failedFuture(
          new RegistryUnavailable(what, "others took one " + TRIES + " times in between"));
    }
    return Replies.ask(what, c -> client.getData().inBackground(c).forPath(COUNTER))
        .thenCompose(
            event ->
                switch (Replies.code(event)) {
                  case OK -> take(hemisphere, holder, atLeast, event, triesLeft);
                  case NONODE ->
                      prepared().thenCompose(x -> next(hemisphere, holder, atLeast, triesLeft - 1));
                  default -> Replies.failed(what, Replies.code(event));
                });
  }

  private CompletableFuture<Long> take(
      Hemisphere hemisphere, NodeId holder, long atLeast, CuratorEvent stored, int triesLeft) {
    String what = "next fence for " + hemisphere;
    long fence = Math.max(number(stored.getData()), atLeast) + 1;
    byte[] holding = new WireWriter().i64(fence).text(holder.name()).toBytes();
    return Replies.ask(
            what,
            c -> {
              CuratorOp count =
                  client
                      .transactionOp()
                      .setData()
                      .withVersion(stored.getStat().getVersion())
                      .forPath(COUNTER, new WireWriter().i64(fence).toBytes());
              CuratorOp hold = client.transactionOp().setData().forPath(path(hemisphere), holding);
              client.transaction().inBackground(c).forOperations(count, hold);
            })
        .thenCompose(
            event ->
                switch (Replies.code(event)) {
                  case OK -> {
                    int version = event.getOpResults().get(1).getResultStat().getVersion();
                    taken.put(fence, new Check(path(hemisphere), version));
                    yield CompletableFuture.completedFuture(fence);
                  }
                  // Somebody was faster; their number is not given out again.
                  case BADVERSION -> next(hemisphere, holder, atLeast, triesLeft - 1);
                  case NONODE ->
                      prepared().thenCompose(x -> next(hemisphere, holder, atLeast, triesLeft - 1));
                  default -> Replies.failed(what, Replies.code(event));
                });
  }

  /** Makes the three nodes where they are missing, the counter last. */
  private CompletableFuture<Void> prepared() {
    byte[] zero = new WireWriter().i64(0).toBytes();
    return made(path(Hemisphere.LEFT), new byte[0])
        .thenCompose(left -> made(path(Hemisphere.RIGHT), new byte[0]))
        .thenCompose(right -> made(COUNTER, zero));
  }

  private CompletableFuture<Void> made(String path, byte[] data) {
    return Replies.ask(
            "making " + path,
            c ->
                client
                    .create()
                    .creatingParentsIfNeeded()
                    .withMode(CreateMode.PERSISTENT)
                    .inBackground(c)
                    .forPath(path, data))
        .thenCompose(
            event ->
                switch (Replies.code(event)) {
                  case OK, NODEEXISTS -> CompletableFuture.completedFuture(null);
                  default -> Replies.failed("making " + path, Replies.code(event));
                });
  }

  private static CompletableFuture<Optional<Holding>> holding(byte[] data) {
    if (data.length == 0) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    WireReader in = new WireReader(data);
    try {
      long fence = in.i64();
      NodeId holder = NodeId.of(in.text());
      in.done();
      return CompletableFuture.completedFuture(Optional.of(new Holding(holder, fence)));
    } catch (MalformedMessage | IllegalArgumentException malformed) {
      return CompletableFuture.failedFuture(
          new RegistryUnavailable("newest fence", "the stored bytes are malformed"));
    }
  }

  private static long number(byte[] data) {
    try {
      return new WireReader(data).i64();
    } catch (MalformedMessage malformed) {
      throw new IllegalStateException("fence counter holds " + data.length + " bytes, not 8");
    }
  }

  private static String path(Hemisphere hemisphere) {
    return "/fence/" + hemisphere;
  }
}
