package io.elottery.keyvault.vault;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where the vault's sealed records lie: on main the registry, in tests a map.
 *
 * <p>The records' bytes are sealed before they come here; implementers must not rely on knowing
 * them. Names are flat, {@code [A-Za-z0-9~._-]+}. Futures may complete on any thread, exceptionally
 * when the place cannot be reached or the writer's fence is old.
 */
public interface SealedRecords {
  /** The record, or empty when there is none. A linearizable read. */
  CompletableFuture<Optional<byte[]>> read(String name);

  /** Writes it only where there is none yet; false when there was one, which stays. Atomic. */
  CompletableFuture<Boolean> create(String name, byte[] sealed);

  /** Writes it, over what may be there. */
  CompletableFuture<Void> write(String name, byte[] sealed);

  /** Names that begin so, ascending. */
  CompletableFuture<List<String>> names(String prefix);
}
