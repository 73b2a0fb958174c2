package io.elottery.keyvault.vault;

import io.elottery.keyvault.rotation.LinkName;
import io.elottery.keyvault.rotation.PairRecord;
import io.elottery.keyvault.rotation.PairRecords;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@link PairRecords} among the vault's sealed records, one for each link. */
final class SealedPairs implements PairRecords {
  private static final String PREFIX = "pair.";

  private final SealedStore store;

  SealedPairs(SealedStore store) {
    this.store = store;
  }

  @Override
  public CompletableFuture<Optional<PairRecord>> read(LinkName link) {
    return store
        .open(name(link))
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : Vault.decoded(
                        link.text(), () -> Optional.of(PairRecord.decoded(found.get()))));
  }

  @Override
  public CompletableFuture<Void> write(PairRecord record) {
    return store.write(name(record.state().link()), record.encoded());
  }

  @Override
  public CompletableFuture<List<LinkName>> links() {
    return store.names(PREFIX).thenApply(names -> names.stream().map(SealedPairs::link).toList());
  }

  // Neither servers' names nor purposes have a dot.
  private static LinkName link(String name) {
    int dot = name.lastIndexOf('.');
    return LinkName.parse(name.substring(PREFIX.length(), dot) + "/" + name.substring(dot + 1));
  }

  private static String name(LinkName link) {
    return PREFIX + link.text().replace('/', '.');
  }
}
