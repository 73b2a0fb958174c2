package io.elottery.keyvault.rotation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where the pair keys of links lie: sealed in the vault.
 *
 * <p>Futures may complete on any thread; exceptionally while the vault is sealed, its place away or
 * the writer's fence old. Callers must not assume that a failed write was not done.
 */
public interface PairRecords {
  /** The link's record, or empty when it never had a key. */
  CompletableFuture<Optional<PairRecord>> read(LinkName link);

  /** Every link that has a record. */
  CompletableFuture<List<LinkName>> links();

  /** Writes it, over what may be there. */
  CompletableFuture<Void> write(PairRecord record);
}
