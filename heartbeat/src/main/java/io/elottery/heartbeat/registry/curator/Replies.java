package io.elottery.heartbeat.registry.curator;

import io.elottery.heartbeat.registry.RegistryUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.curator.framework.api.BackgroundCallback;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;

/** Curator's background calls as futures. */
final class Replies {
  // Curator keeps a call while it reconnects; nobody here wants to wait longer.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Replies() {}

  /** A call that reports to the callback. */
  interface Call {
    /** Begins it. */
    void begin(BackgroundCallback callback) throws Exception;
  }

  /** The event, whatever result code it bears. */
  static CompletableFuture<CuratorEvent> ask(String what, Call call) {
    CompletableFuture<CuratorEvent> reply = new CompletableFuture<>();
    try {
      call.begin((client, event) -> reply.complete(event));
    } catch (Exception refused) {
      // Curator declares no narrower type; a closed or unusable client ends here.
      reply.completeExceptionally(new RegistryUnavailable(what, refused));
    }
    return reply
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (event, problem) -> {
              if (event != null) {
                return CompletableFuture.completedFuture(event);
              }
              return CompletableFuture.<CuratorEvent>failedFuture(
                  problem instanceof TimeoutException
                      ? new RegistryUnavailable(what, "no answer in " + PATIENCE)
                      : problem);
            })
        .thenCompose(outcome -> outcome);
  }

  /** What a result code means. */
  static Code code(CuratorEvent event) {
    Code code = Code.get(event.getResultCode());
    return code == null ? Code.SYSTEMERROR : code;
  }

  /** For codes that are no expected outcome. */
  static <T> CompletableFuture<T> failed(String what, Code code) {
    return CompletableFuture.failedFuture(
        new RegistryUnavailable(what, KeeperException.create(code)));
  }
}
