package io.elottery.controller.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.controller.staff.AuditTrail;
import io.elottery.keyvault.vault.SignedRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Signed records and an audit trail in memory, shared by the mains of a test. */
final class Office implements SignedRecords, AuditTrail {
  final Map<String, byte[]> records = new TreeMap<>();
  final List<AuditEntry> audited = new ArrayList<>();
  boolean away;

  @Override
  public CompletableFuture<Optional<byte[]>> read(String name) {
    return away
        ? isAway()
        : CompletableFuture.completedFuture(Optional.ofNullable(records.get(name)));
  }

  @Override
  public CompletableFuture<Void> write(String name, byte[] payload) {
    if (away) {
      return isAway();
    }
    records.put(name, payload);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<List<String>> names(String prefix) {
    return CompletableFuture.completedFuture(
        records.keySet().stream().filter(name -> name.startsWith(prefix)).toList());
  }

  @Override
  public CompletableFuture<Void> record(AuditEntry entry) {
    if (away) {
      return isAway();
    }
    audited.add(entry);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void recordLater(AuditEntry entry) {
    audited.add(entry);
  }

  List<String> what() {
    return audited.stream().map(AuditEntry::what).toList();
  }

  static ObjectNode scope(String field, String value) {
    ObjectNode action = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    action.putObject("scope").put(field, value);
    return action;
  }

  private static <T> CompletableFuture<T> isAway() {
    return CompletableFuture.failedFuture(new IllegalStateException("away"));
  }
}
