package io.elottery.keyvault.vault;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Records that are no secret but must not be altered, and are needed while the vault is sealed: the
 * staff book, proposals, the rotation plan, revocations. Each is signed by the main that wrote it
 * and carries a version that only grows.
 *
 * <p>Read by any main; written by the one that acts for LEFT, whose older fence is refused. Names
 * are flat, {@code [A-Za-z0-9~._-]+}. Futures may complete on any thread. Callers must not assume
 * that a failed write was not done.
 */
public interface SignedRecords {
  /**
   * The payload written last, its signature checked, or empty when there is none. A record that
   * does not hold is named in the log and in the vault's status, and the copy that this main
   * remembers is given; the same while the registry is away.
   */
  CompletableFuture<Optional<byte[]>> read(String name);

  /** Writes it, over what may be there, under the next version. */
  CompletableFuture<Void> write(String name, byte[] payload);

  /** Names that begin so, ascending. */
  CompletableFuture<List<String>> names(String prefix);
}
