package io.elottery.controller.records;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.heartbeat.registry.Registry;
import io.elottery.heartbeat.registry.RegistryEntry;
import io.elottery.keyvault.vault.SealedRecords;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The vault's sealed records in the registry, under {@code sealed/}. Written only while this main
 * acts for a half, under that half's fence. Any thread.
 */
public final class RegistrySecrets implements SealedRecords, Duty {
  private static final String ROOT = "sealed";

  private final Registry registry;
  // Set on main's loop, read by the registry's threads.
  private volatile long leftFence;
  private volatile long rightFence;

  /** Over a registry. */
  public RegistrySecrets(Registry registry) {
    this.registry = registry;
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    set(hemisphere, fence);
  }

  @Override
  public void end(Hemisphere hemisphere) {
    set(hemisphere, 0);
  }

  @Override
  public CompletableFuture<Optional<byte[]>> read(String name) {
    return registry.read(path(name)).thenApply(entry -> entry.map(RegistryEntry::value));
  }

  @Override
  public CompletableFuture<Boolean> create(String name, byte[] sealed) {
    return registry.create(path(name), sealed, fence());
  }

  @Override
  public CompletableFuture<Void> write(String name, byte[] sealed) {
    return registry.write(path(name), sealed, fence());
  }

  @Override
  public CompletableFuture<List<String>> names(String prefix) {
    return registry
        .children(ROOT)
        .thenApply(names -> names.stream().filter(name -> name.startsWith(prefix)).toList());
  }

  // A fence of 0 is never valid: the registry refuses it.
  private long fence() {
    return leftFence > 0 ? leftFence : rightFence;
  }

  private void set(Hemisphere hemisphere, long fence) {
    if (hemisphere == Hemisphere.LEFT) {
      leftFence = fence;
    } else {
      rightFence = fence;
    }
  }

  private static String path(String name) {
    return ROOT + "/" + name;
  }
}
