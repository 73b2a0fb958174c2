package io.elottery.deploy.supervision;

import io.elottery.controller.records.Records;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Records that keep nothing: what is recorded matters to other simulations. */
final class Forgetful implements Records {
  @Override
  public CompletableFuture<Optional<byte[]>> read(String path) {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  @Override
  public CompletableFuture<Void> write(String path, byte[] value, long fence) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> remove(String path, long fence) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<List<String>> children(String path) {
    return CompletableFuture.completedFuture(List.of());
  }
}
