package io.elottery.heartbeat.registry.curator;

import io.elottery.foundation.loop.Turns;
import io.elottery.heartbeat.registry.FenceOutdated;
import io.elottery.heartbeat.registry.RegistryUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;

/**
 * Writes in one transaction with the check of their fence. What is written or deleted stays the
 * same when it is done twice: without an answer it is asked for again, in turn with all else about
 * its path, so that nothing older comes after something newer.
 */
final class FencedWrites {
  private static final int TRIES = 10;
  private static final Duration ASKED_AGAIN_FOR = Duration.ofSeconds(12);
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);

  private final CuratorFramework client;
  private final Fences fences;
  private final Turns turns = new Turns();

  FencedWrites(CuratorFramework client, Fences fences) {
    this.client = client;
    this.fences = fences;
  }

  CompletableFuture<Void> write(String path, byte[] bytes, long fence) {
    return insist(path, () -> write(path, bytes, fence, TRIES));
  }

  CompletableFuture<Boolean> create(String path, byte[] bytes, long fence) {
    return turns.take(path, () -> create(path, bytes, fence, TRIES));
  }

  CompletableFuture<Boolean> replace(String path, byte[] bytes, int version, long fence) {
    return turns.take(
        path,
        () ->
            transact(
                    path,
                    fence,
                    () ->
                        client.transactionOp().setData().withVersion(version).forPath(path, bytes))
                .thenCompose(
                    code ->
                        switch (code) {
                          case OK -> done(true);
                          case BADVERSION, NONODE -> done(false);
                          default -> Replies.failed("replacing " + path, code);
                        }));
  }

  CompletableFuture<Void> delete(String path, long fence) {
    return insist(path, () -> deleteOnce(path, fence));
  }

  private CompletableFuture<Void> insist(String path, Supplier<CompletableFuture<Void>> step) {
    return turns.take(
        path,
        () -> {
          CompletableFuture<Void> enough =
              new CompletableFuture<Void>()
                  .completeOnTimeout(null, ASKED_AGAIN_FOR.toMillis(), TimeUnit.MILLISECONDS);
          return attempt(path, step, enough, false);
        });
  }

  private static CompletableFuture<Void> attempt(
      String path,
      Supplier<CompletableFuture<Void>> step,
      CompletableFuture<Void> enough,
      boolean doubtful) {
    return step.get()
        .handle(
            (done, problem) -> {
              Throwable cause =
                  problem instanceof CompletionException ? problem.getCause() : problem;
              if (cause == null) {
                return CompletableFuture.<Void>completedFuture(null);
              }
              if (cause instanceof RegistryUnavailable && !enough.isDone()) {
                return CompletableFuture.runAsync(() -> {}, LATER)
                    .thenCompose(now -> attempt(path, step, enough, true));
              }
              // An earlier attempt may have been done before the fence grew old.
              return CompletableFuture.<Void>failedFuture(
                  doubtful && cause instanceof FenceOutdated
                      ? new RegistryUnavailable("changing " + path, cause)
                      : cause);
            })
        .thenCompose(outcome -> outcome);
  }

  private CompletableFuture<Void> deleteOnce(String path, long fence) {
    return transact(path, fence, () -> client.transactionOp().delete().forPath(path))
        .thenCompose(
            code ->
                switch (code) {
                  case OK, NONODE -> CompletableFuture.completedFuture(null);
                  default -> Replies.failed("deleting " + path, code);
                });
  }

  private CompletableFuture<Void> write(String path, byte[] bytes, long fence, int triesLeft) {
    return transact(path, fence, () -> client.transactionOp().setData().forPath(path, bytes))
        .thenCompose(
            code ->
                switch (code) {
                  case OK -> CompletableFuture.completedFuture(null);
                  case NONODE ->
                      create(path, bytes, fence, triesLeft - 1)
                          .thenCompose(
                              made ->
                                  made
                                      ? CompletableFuture.<Void>completedFuture(null)
                                      : again(path, triesLeft)
                                          .thenCompose(
                                              x -> write(path, bytes, fence, triesLeft - 1)));
                  default -> Replies.failed("writing " + path, code);
                });
  }

  private CompletableFuture<Boolean> create(String path, byte[] bytes, long fence, int triesLeft) {
    return transact(
            path,
            fence,
            () ->
                client
                    .transactionOp()
                    .create()
                    .withMode(CreateMode.PERSISTENT)
                    .forPath(path, bytes))
        .thenCompose(
            code ->
                switch (code) {
                  case OK -> done(true);
                  case NODEEXISTS -> done(false);
                  case NONODE ->
                      again(path, triesLeft)
                          .thenCompose(x -> parentsOf(path))
                          .thenCompose(x -> create(path, bytes, fence, triesLeft - 1));
                  default -> Replies.failed("creating " + path, code);
                });
  }

  /** Empty directories bear no fence: they say nothing. */
  private CompletableFuture<Void> parentsOf(String path) {
    String parent = path.substring(0, path.lastIndexOf('/'));
    if (parent.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return Replies.ask(
            "making " + parent,
            c ->
                client
                    .create()
                    .creatingParentsIfNeeded()
                    .withMode(CreateMode.PERSISTENT)
                    .inBackground(c)
                    .forPath(parent, new byte[0]))
        .thenCompose(
            event ->
                switch (Replies.code(event)) {
                  case OK, NODEEXISTS -> CompletableFuture.completedFuture(null);
                  default -> Replies.failed("making " + parent, Replies.code(event));
                });
  }

  private static CompletableFuture<Void> again(String path, int triesLeft) {
    return triesLeft > 0
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(
            new RegistryUnavailable("writing " + path, "it came and went " + TRIES + " times"));
  }

  private interface Operation {
    CuratorOp build() throws Exception;
  }

  /** The code of the operation; fails when the fence's check did. */
  private CompletableFuture<Code> transact(String path, long fence, Operation operation) {
    Optional<Fences.Check> check = fences.check(fence);
    if (check.isEmpty()) {
      return CompletableFuture.failedFuture(new FenceOutdated(fence));
    }
    return Replies.ask(
            "changing " + path,
            c -> {
              CuratorOp checked =
                  client
                      .transactionOp()
                      .check()
                      .withVersion(check.get().version())
                      .forPath(check.get().path());
              client.transaction().inBackground(c).forOperations(checked, operation.build());
            })
        .thenCompose(event -> outcome(fence, event));
  }

  private CompletableFuture<Code> outcome(long fence, CuratorEvent event) {
    Code code = Replies.code(event);
    boolean refused =
        code != Code.OK
            && event.getOpResults() != null
            && !event.getOpResults().isEmpty()
            && event.getOpResults().get(0).getError() == code.intValue();
    if (refused && (code == Code.BADVERSION || code == Code.NONODE)) {
      fences.drop(fence);
      return CompletableFuture.failedFuture(new FenceOutdated(fence));
    }
    return CompletableFuture.completedFuture(code);
  }

  private static CompletableFuture<Boolean> done(boolean value) {
    return CompletableFuture.completedFuture(value);
  }
}
