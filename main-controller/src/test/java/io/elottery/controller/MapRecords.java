package io.elottery.controller;

import io.elottery.controller.records.Records;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Records in memory that refuse an older fence than they saw, or everything while away. */
public final class MapRecords implements Records {
  public final Map<String, byte[]> values = new TreeMap<>();
  public boolean away;
  private long highest;

  @Override
  public CompletableFuture<Optional<byte[]>> read(String path) {
    return away
        ? CompletableFuture.failedFuture(new IllegalStateException("away"))
        : CompletableFuture.completedFuture(Optional.ofNullable(values.get(path)));
  }

  @Override
  public CompletableFuture<Void> write(String path, byte[] value, long fence) {
    if (away || fence < highest) {
      return CompletableFuture.failedFuture(new IllegalStateException("away or old fence"));
    }
    highest = fence;
    values.put(path, value);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> remove(String path, long fence) {
    if (away || fence < highest) {
      return CompletableFuture.failedFuture(new IllegalStateException("away or old fence"));
    }
    highest = fence;
    values.remove(path);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<List<String>> children(String path) {
    return CompletableFuture.completedFuture(
        values.keySet().stream()
            .filter(key -> key.startsWith(path + "/"))
            .map(key -> key.substring(path.length() + 1))
            .toList());
  }
}
