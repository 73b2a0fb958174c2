package io.elottery.heartbeat.registry.curator;

import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.registry.Registry;
import io.elottery.heartbeat.registry.RegistryConfig;
import io.elottery.heartbeat.registry.RegistryEntry;
import io.elottery.heartbeat.registry.RegistryState;
import io.elottery.heartbeat.registry.RegistryUnavailable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.apache.curator.framework.state.ConnectionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry on ZooKeeper. Starting does not wait for a connection: until there is one the state
 * is LOST and calls fail. Any thread.
 */
public final class CuratorRegistry implements Registry, Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(CuratorRegistry.class);
  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9~._-]+(/[A-Za-z0-9~._-]+)*");

  private final CuratorFramework client;
  private final Fences fences;
  private final FencedWrites writes;
  private final List<Consumer<RegistryState>> listeners = new CopyOnWriteArrayList<>();
  // Written on Curator's state thread, read by any.
  private volatile RegistryState state = RegistryState.LOST;

  /** Not connected until started. */
  public CuratorRegistry(RegistryConfig config) {
    this.client = CuratorClients.client(config);
    this.fences = new Fences();
    this.writes = new FencedWrites(client, fences);
    client.getConnectionStateListenable().addListener((c, next) -> changed(next));
  }

  @Override
  public void start() {
    client.start();
  }

  @Override
  public void close() {
    client.close();
  }

  /** The fences taken here, for the election beside it. */
  Fences fences() {
    return fences;
  }

  /** For the election beside it. */
  CuratorFramework client() {
    return client;
  }

  @Override
  public CompletableFuture<Optional<RegistryEntry>> read(String path) {
    String at = absolute(path);
    // A read is served by any server; after a sync it has seen all that was written before.
    return Replies.ask("syncing " + path, c -> client.sync().inBackground(c).forPath(at))
        .thenCompose(
            synced ->
                Replies.ask("reading " + path, c -> client.getData().inBackground(c).forPath(at)))
        .thenCompose(
            event ->
                switch (Replies.code(event)) {
                  case OK -> decoded(path, event.getData(), event.getStat().getVersion());
                  case NONODE -> CompletableFuture.completedFuture(Optional.empty());
                  default -> Replies.failed("reading " + path, Replies.code(event));
                });
  }

  @Override
  public CompletableFuture<Void> write(String path, byte[] value, long fence) {
    return writes.write(absolute(path), stored(path, value, fence), fence);
  }

  @Override
  public CompletableFuture<Boolean> create(String path, byte[] value, long fence) {
    return writes.create(absolute(path), stored(path, value, fence), fence);
  }

  @Override
  public CompletableFuture<Boolean> replace(String path, byte[] value, int version, long fence) {
    return writes.replace(absolute(path), stored(path, value, fence), version, fence);
  }

  @Override
  public CompletableFuture<Void> delete(String path, long fence) {
    return writes.delete(absolute(path), fence);
  }

  @Override
  public CompletableFuture<List<String>> children(String path) {
    String at = absolute(path);
    return Replies.ask("syncing " + path, c -> client.sync().inBackground(c).forPath(at))
        .thenCompose(
            synced ->
                Replies.ask(
                    "listing " + path, c -> client.getChildren().inBackground(c).forPath(at)))
        .thenCompose(
            event ->
                switch (Replies.code(event)) {
                  case OK ->
                      CompletableFuture.completedFuture(
                          event.getChildren().stream().sorted().toList());
                  case NONODE -> CompletableFuture.completedFuture(List.of());
                  default -> Replies.failed("listing " + path, Replies.code(event));
                });
  }

  @Override
  public Runnable watch(String path, Runnable changed) {
    PersistentWatcher watcher = watcher(client, absolute(path), changed);
    watcher.start();
    return watcher::close;
  }

  /** Not started; tells of changes at and under the path, and of each time it was set anew. */
  static PersistentWatcher watcher(CuratorFramework client, String path, Runnable changed) {
    PersistentWatcher watcher = new PersistentWatcher(client, path, true);
    watcher.getListenable().addListener(event -> changed.run());
    watcher.getResetListenable().addListener(changed);
    return watcher;
  }

  @Override
  public RegistryState state() {
    return state;
  }

  @Override
  public void onState(Consumer<RegistryState> listener) {
    listeners.add(listener);
  }

  private void changed(ConnectionState next) {
    RegistryState before = state;
    RegistryState now =
        switch (next) {
          case CONNECTED, RECONNECTED -> RegistryState.CONNECTED;
          case SUSPENDED, READ_ONLY -> RegistryState.SUSPENDED;
          case LOST -> RegistryState.LOST;
        };
    state = now;
    log.info("registry: {} → {}, because the session is {}", before, now, next);
    listeners.forEach(listener -> listener.accept(now));
  }

  private static CompletableFuture<Optional<RegistryEntry>> decoded(
      String path, byte[] bytes, int version) {
    if (bytes.length == 0) {
      // A directory that was made on the way to a record.
      return CompletableFuture.completedFuture(Optional.empty());
    }
    try {
      return CompletableFuture.completedFuture(Optional.of(StoredValue.decoded(bytes, version)));
    } catch (MalformedMessage malformed) {
      return CompletableFuture.failedFuture(new RegistryUnavailable("reading " + path, malformed));
    }
  }

  private static byte[] stored(String path, byte[] value, long fence) {
    if (value.length > VALUE_MAX) {
      throw new IllegalArgumentException(
          path + ": " + value.length + " bytes, at most " + VALUE_MAX + " go in a record");
    }
    return StoredValue.encoded(value, fence);
  }

  private static String absolute(String path) {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("registry path \"" + path + "\": expected a/b/c");
    }
    return "/" + path;
  }
}
