package io.elottery.controller.records;

import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.heartbeat.registry.FenceOutdated;
import io.elottery.heartbeat.registry.Registry;
import io.elottery.heartbeat.registry.RegistryEntry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** {@link Records} in the registry; brings the answers back to main's loop. */
public final class RegistryRecords implements Records {
  private final Registry registry;
  private final Executor loop;
  private final Hemispheres halves;

  /**
   * @param loop on which futures complete
   * @param halves told when the registry refuses a fence as old
   */
  public RegistryRecords(Registry registry, Executor loop, Hemispheres halves) {
    this.registry = registry;
    this.loop = loop;
    this.halves = halves;
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
  public CompletableFuture<Void> remove(String path, long fence) {
    return onLoop(registry.delete(path, fence));
  }

  @Override
  public CompletableFuture<List<String>> children(String path) {
    return onLoop(registry.children(path));
  }

  private <T> CompletableFuture<T> onLoop(CompletableFuture<T> anywhere) {
    return anywhere.whenCompleteAsync(
        (value, problem) -> {
          Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
          if (cause instanceof FenceOutdated old) {
            halves.outdated(old.fence(), "the registry");
          }
        },
        loop);
  }
}
