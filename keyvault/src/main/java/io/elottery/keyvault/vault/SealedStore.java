package io.elottery.keyvault.vault;

import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.seal.Sealer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Sealed records, opened and sealed on the way; a record's name is its context. */
final class SealedStore {
  private final Sealer sealer;
  private final SealedRecords records;

  SealedStore(Sealer sealer, SealedRecords records) {
    this.sealer = sealer;
    this.records = records;
  }

  Sealer sealer() {
    return sealer;
  }

  static String context(String name) {
    return "vault/" + name;
  }

  CompletableFuture<Optional<byte[]>> sealed(String name) {
    return records.read(name);
  }

  CompletableFuture<Optional<byte[]>> open(String name) {
    return records
        .read(name)
        .thenCompose(
            found -> {
              try {
                return CompletableFuture.completedFuture(
                    found.isPresent()
                        ? Optional.of(sealer.open(context(name), found.get()))
                        : Optional.empty());
              } catch (SealBroken broken) {
                return CompletableFuture.failedFuture(broken);
              }
            });
  }

  CompletableFuture<Boolean> create(String name, byte[] plain) {
    return records.create(name, sealer.seal(context(name), plain));
  }

  CompletableFuture<Void> write(String name, byte[] plain) {
    return records.write(name, sealer.seal(context(name), plain));
  }

  CompletableFuture<List<String>> names(String prefix) {
    return records.names(prefix);
  }

  CompletableFuture<Boolean> createSealed(String name, byte[] sealed) {
    return records.create(name, sealed);
  }

  /** The record, made first where there is none; whoever comes second gets the first one's. */
  CompletableFuture<byte[]> openOrCreate(String name, Supplier<byte[]> fresh) {
    return open(name)
        .thenCompose(
            found -> {
              if (found.isPresent()) {
                return CompletableFuture.completedFuture(found.get());
              }
              return create(name, fresh.get())
                  .thenCompose(made -> open(name))
                  .thenApply(Optional::orElseThrow);
            });
  }
}
