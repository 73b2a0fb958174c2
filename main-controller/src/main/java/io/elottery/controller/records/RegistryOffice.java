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
 * The bytes of signed records in the registry, under {@code office/}. Written only while this main
 * acts for LEFT, under LEFT's fence, so that there is one writer. Any thread.
 */
public final class RegistryOffice implements SealedRecords, Duty {
  private static final String ROOT = "office/";

  private final Registry registry;
  // Set on main's loop, read by the registry's threads. 0 is never valid: the registry refuses it.
  private volatile long fence;

  /** Over a registry. */
  public RegistryOffice(Registry registry) {
    this.registry = registry;
  }

  @Override
  public void begin(Hemisphere hemisphere, long itsFence) {
    if (hemisphere == Hemisphere.LEFT) {
      fence = itsFence;
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      fence = 0;
    }
  }

  /** Whether this main may write. */
  public boolean isWritable() {
    return fence > 0;
  }

  @Override
  public CompletableFuture<Optional<byte[]>> read(String name) {
    return registry.read(ROOT + name).thenApply(entry -> entry.map(RegistryEntry::value));
  }

  @Override
  public CompletableFuture<Boolean> create(String name, byte[] signed) {
    return registry.create(ROOT + name, signed, fence);
  }

  @Override
  public CompletableFuture<Void> write(String name, byte[] signed) {
    return registry.write(ROOT + name, signed, fence);
  }

  @Override
  public CompletableFuture<List<String>> names(String prefix) {
    return registry
        .children("office")
        .thenApply(names -> names.stream().filter(name -> name.startsWith(prefix)).toList());
  }
}
