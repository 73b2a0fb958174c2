package io.elottery.keyvault.vault;

import io.elottery.foundation.loop.Turns;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.seal.Sealer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Sealed records, opened and sealed on the way. A record's name and version are its context; its
 * name says which compartment's key it lies under. Futures fail with {@link VaultSealed} while that
 * is sealed, with {@link SealBroken} for a record that does not open. Any thread.
 */
public final class SealedStore {
  private final VaultKeys keys;
  private final SealedRecords records;
  private final Turns writes = new Turns();

  SealedStore(VaultKeys keys, SealedRecords records) {
    this.keys = keys;
    this.records = records;
  }

  /** The record's content, or empty when there is none. */
  public CompletableFuture<Optional<byte[]>> open(String name) {
    return open(name, (sealer, context, bytes) -> sealer.open(context, bytes));
  }

  /** Makes it only where there is none yet; false when there was one, which stays. */
  public CompletableFuture<Boolean> create(String name, byte[] plain) {
    return create(name, (sealer, context) -> sealer.seal(context, plain));
  }

  /** Writes it under the next version, over what may be there. One writer at a time. */
  public CompletableFuture<Void> write(String name, byte[] plain) {
    return writes.take(
        name,
        () ->
            found(name)
                .thenCompose(
                    before ->
                        withSealer(
                            name,
                            sealer -> {
                              long version = 1 + before.map(SealedRecord::version).orElse(0L);
                              byte[] sealed =
                                  sealer.seal(SealedRecord.context(name, version), plain);
                              return records.write(
                                  name, new SealedRecord(version, sealed).encoded());
                            })));
  }

  /** The record, made first where there is none; whoever comes second gets the first one's. */
  public CompletableFuture<byte[]> openOrCreate(String name, Supplier<byte[]> fresh) {
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

  /** Names that begin so, ascending. */
  public CompletableFuture<List<String>> names(String prefix) {
    return records.names(prefix);
  }

  CompletableFuture<Boolean> isThere(String name) {
    return records.read(name).thenApply(Optional::isPresent);
  }

  <T> CompletableFuture<Optional<T>> open(String name, Opening<T> opening) {
    return found(name)
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : withSealer(
                        name,
                        sealer -> {
                          SealedRecord record = found.get();
                          String context = SealedRecord.context(name, record.version());
                          return CompletableFuture.completedFuture(
                              Optional.of(opening.open(sealer, context, record.sealed())));
                        }));
  }

  CompletableFuture<Boolean> create(String name, Sealing sealing) {
    return withSealer(
        name,
        sealer -> {
          byte[] sealed = sealing.seal(sealer, SealedRecord.context(name, 1));
          return records.create(name, new SealedRecord(1, sealed).encoded());
        });
  }

  private CompletableFuture<Optional<SealedRecord>> found(String name) {
    return records
        .read(name)
        .thenCompose(
            found -> {
              try {
                return CompletableFuture.completedFuture(
                    found.isPresent()
                        ? Optional.of(SealedRecord.decoded(found.get()))
                        : Optional.empty());
              } catch (MalformedMessage malformed) {
                return CompletableFuture.failedFuture(
                    new SealBroken(name + " does not open: " + malformed.getMessage()));
              }
            });
  }

  private <T> CompletableFuture<T> withSealer(String name, Step<T> step) {
    Compartment compartment = Compartment.ofRecord(name);
    try {
      return step.run(keys.sealer(compartment));
    } catch (VaultSealed waits) {
      keys.waits(compartment, Waiting.words(name));
      return CompletableFuture.failedFuture(waits);
    } catch (SealBroken broken) {
      return CompletableFuture.failedFuture(broken);
    }
  }

  interface Opening<T> {
    T open(Sealer sealer, String context, byte[] sealed) throws SealBroken;
  }

  interface Sealing {
    byte[] seal(Sealer sealer, String context);
  }

  private interface Step<T> {
    CompletableFuture<T> run(Sealer sealer) throws SealBroken;
  }
}
