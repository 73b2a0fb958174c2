package io.elottery.controller.records;

import io.elottery.heartbeat.registry.Registry;
import io.elottery.heartbeat.registry.RegistryEntry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** {@link Records} in the registry; brings the answers back to main's loop. */
public final class RegistryRecords implements Records {
  private final Registry registry;
  private final Executor loop;

  /**
   * @param loop on which futures complete
   */
  public RegistryRecords(Registry registry, Executor loop) {
    this.registry = registry;
    this.loop = loop;
  }

  @Override
  public CompletableFuture<Optional<byte[]>> read(String path) {
    return onLoop(registry.read(path).thenApply(entry -> entry.map(RegistryEntry::value)));
  }

  @Override
  public CompletableFuture<Void> write(String path, byte[] value, long fence) {
    return onLoop(registry.write(path, value, fence));
  }

  @Override
  public CompletableFuture<List<String>> children(String path) {
    return onLoop(registry.children(path));
  }

  private <T> CompletableFuture<T> onLoop(CompletableFuture<T> anywhere) {
    return anywhere.whenCompleteAsync((value, problem) -> {}, loop);
  }
}
