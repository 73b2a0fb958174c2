package io.elottery.keyvault.vault;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Sealed records in memory: for making a network offline, and for tests. One thread. */
public final class MemoryRecords implements SealedRecords {
  private final SortedMap<String, byte[]> records = new TreeMap<>();

  @Override
  public CompletableFuture<Optional<byte[]>> read(String name) {
    return CompletableFuture.completedFuture(
        Optional.ofNullable(records.get(name)).map(byte[]::clone));
  }

  @Override
  public CompletableFuture<Boolean> create(String name, byte[] sealed) {
    return CompletableFuture.completedFuture(records.putIfAbsent(name, sealed.clone()) == null);
  }

  @Override
  public CompletableFuture<Void> write(String name, byte[] sealed) {
    records.put(name, sealed.clone());
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<List<String>> names(String prefix) {
    return CompletableFuture.completedFuture(
        records.keySet().stream().filter(name -> name.startsWith(prefix)).toList());
  }

  /** All of them, by name. */
  public Map<String, byte[]> all() {
    return new TreeMap<>(records);
  }
}
