package io.elottery.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.deploy.cluster.ClusterDescription;
import io.elottery.deploy.cluster.ClusterLayout;
import io.elottery.deploy.cluster.Server;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Pause;
import io.elottery.deploy.staff.FirstSignIns;
import io.elottery.deploy.staff.Http;
import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.heartbeat.netty.NettyRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The whole network in this process: the same servers with the same configurations, connections and
 * keys as processes of their own would have.
 *
 * <p>Thread-safe: servers are started, broken and closed under the lock of this object.
 */
public final class Demo implements AutoCloseable {
  private static final Duration READY_MAX = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final int STARTERS = 3;

  private final ClusterLayout layout;
  private final Consumer<String> progress;
  private final NettyRuntime runtime;
  private final Map<NodeId, Lifecycle> running = new TreeMap<>();
  private boolean closed;

  /**
   * @param layout of one process, its files written
   * @param progress told a line whenever something is ready or stopped
   */
  public Demo(ClusterLayout layout, Consumer<String> progress) {
    this.layout = layout;
    this.progress = progress;
    this.runtime = new NettyRuntime(2);
  }

  /** Starts everything and returns when the site sells tickets; everybody is signed in then. */
  public ClusterDescription start(ClusterDescription description) throws CommandFailed {
    runtime.start();
    start(Server.Kind.ZOOKEEPER);
    List<Server> others =
        layout.servers().stream().filter(s -> s.kind() != Server.Kind.ZOOKEEPER).toList();
    startTogether(others);
    awaitWorkers(new Http("http://" + layout.staff(), description.signIn("operations").token()));
    ClusterDescription signedIn = FirstSignIns.of(description, new SecureRandomSource(), READY_MAX);
    awaitDraws(new Http("http://" + layout.site(), ""));
    Map<NodeId, Long> pids = new TreeMap<>();
    layout.servers().forEach(server -> pids.put(server.id(), ProcessHandle.current().pid()));
    try {
      signedIn.write(pids);
    } catch (IOException failed) {
      throw new CommandFailed(ExitCode.FAILED, failed.toString(), failed);
    }
    return signedIn;
  }

  /** Takes a server away without a word to the others. */
  public synchronized void kill(Server server) throws CommandFailed {
    Lifecycle node = running.remove(server.id());
    if (node == null) {
      throw new CommandFailed(ExitCode.FAILED, server.id() + " does not run");
    }
    node.close();
    progress.accept(server.id() + " is gone");
  }

  /** Brings a server back with what is on its disk. */
  public void restart(Server server) throws CommandFailed {
    startOne(server);
  }

  /** Ends every server, gateways first. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    List<Server> backwards = new ArrayList<>(layout.servers());
    java.util.Collections.reverse(backwards);
    for (Server server : backwards) {
      Lifecycle node = running.remove(server.id());
      if (node != null) {
        node.close();
      }
    }
    runtime.close();
  }

  private void start(Server.Kind kind) throws CommandFailed {
    for (Server server : layout.of(kind)) {
      startOne(server);
    }
  }

  // Opening keys and stores takes most of a start; both cores do it.
  private void startTogether(List<Server> servers) throws CommandFailed {
    ExecutorService starters = Executors.newFixedThreadPool(STARTERS);
    try {
      List<CompletableFuture<Void>> starts =
          servers.stream()
              .map(server -> CompletableFuture.runAsync(() -> startUnchecked(server), starters))
              .toList();
      CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException failed) {
      throw new CommandFailed(ExitCode.FAILED, String.valueOf(failed.getMessage()), failed);
    } finally {
      starters.shutdown();
    }
  }

  private void startUnchecked(Server server) {
    try {
      startOne(server);
    } catch (CommandFailed failed) {
      throw new CompletionException(failed);
    }
  }

  private void startOne(Server server) throws CommandFailed {
    try {
      Lifecycle node =
          DemoNode.of(
              server, runtime, () -> progress.accept(server.id() + " stopped after a fault"));
      node.start();
      synchronized (this) {
        if (closed) {
          node.close();
          return;
        }
        Lifecycle before = running.put(server.id(), node);
        if (before != null) {
          before.close();
        }
      }
      progress.accept(server.described() + " runs");
    } catch (ConfigRefused refused) {
      throw new CommandFailed(ExitCode.FAILED, String.valueOf(refused.getMessage()), refused);
    } catch (RuntimeException failed) {
      throw new CommandFailed(ExitCode.FAILED, server.id() + ": " + failed.getMessage(), failed);
    }
  }

  private void awaitWorkers(Http staff) throws CommandFailed {
    int workers = layout.of(Server.Kind.WORKER).size();
    await(
        "every worker UP and every shard with a writer",
        () -> {
          Http.Answer answer = staff.ask("GET", "/api/v1/network", null, "");
          int up = 0;
          for (JsonNode worker : answer.json().path("workers")) {
            up += worker.path("verdict").asText().equals("UP") ? 1 : 0;
          }
          boolean writers = answer.json().path("shards").size() > 0;
          for (JsonNode shard : answer.json().path("shards")) {
            writers &= shard.path("writer").isTextual();
          }
          return up == workers && writers;
        });
    progress.accept("all workers are up, every shard has a writer");
  }

  private void awaitDraws(Http site) throws CommandFailed {
    await(
        "an open draw",
        () ->
            site.ask("GET", "/api/v1/draws?state=OPEN", null, "").json().path("items").size() > 0);
    progress.accept("draws are open");
  }

  private interface Condition {
    boolean holds() throws CommandFailed;
  }

  private static void await(String what, Condition condition) throws CommandFailed {
    long began = System.nanoTime();
    while (true) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (CommandFailed notYet) {
        if (notYet.code() != ExitCode.UNREACHABLE) {
          throw notYet;
        }
      }
      if (System.nanoTime() - began > READY_MAX.toNanos()) {
        throw new CommandFailed(
            ExitCode.TIMED_OUT, "not within " + READY_MAX.toSeconds() + " s: " + what);
      }
      Pause.of(LOOK_AGAIN);
    }
  }
}
