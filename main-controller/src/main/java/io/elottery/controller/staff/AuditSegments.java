package io.elottery.controller.staff;

import io.elottery.controller.records.Records;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.audit.AuditRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The trail in the registry: {@code audit/} and the twelve-digit number of a segment's first
 * record, its records as lines; {@code audit-certificates/} and the certificate's hash. Futures
 * complete on the loop.
 */
final class AuditSegments {
  /** Records of one segment; a segment is written anew for each record added. */
  static final int RECORDS = 64;

  private static final String ROOT = "audit";
  private static final String CERTIFICATES = "audit-certificates";

  private final Records records;

  AuditSegments(Records records) {
    this.records = records;
  }

  /** All segments' first numbers, ascending. */
  CompletableFuture<List<Long>> firsts() {
    return records
        .children(ROOT)
        .thenApply(
            names ->
                names.stream()
                    .filter(name -> name.matches("[0-9]{12}"))
                    .map(Long::parseLong)
                    .sorted()
                    .toList());
  }

  /** The records of a segment; fails when one cannot be read. */
  CompletableFuture<List<AuditRecord>> read(long first) {
    return records
        .read(path(first))
        .thenCompose(
            bytes -> {
              try {
                return CompletableFuture.completedFuture(parsed(bytes.orElse(new byte[0])));
              } catch (MalformedMessage malformed) {
                return CompletableFuture.failedFuture(malformed);
              }
            });
  }

  /** The first number of the segment that holds this record. */
  static long firstOf(long number) {
    return (number - 1) / RECORDS * RECORDS + 1;
  }

  /** Writes the segment that begins with the first of these. */
  CompletableFuture<Void> write(List<AuditRecord> segment, long fence) {
    StringBuilder lines = new StringBuilder();
    segment.forEach(record -> lines.append(record.line()).append('\n'));
    return records.write(
        path(segment.get(0).number()), lines.toString().getBytes(StandardCharsets.UTF_8), fence);
  }

  /** Keeps a main's certificate for those who check later. */
  CompletableFuture<Void> certificate(String hash, byte[] der, long fence) {
    return records.write(CERTIFICATES + "/" + hash, der, fence);
  }

  /** All certificates kept. */
  CompletableFuture<Map<String, byte[]>> certificates() {
    return records
        .children(CERTIFICATES)
        .thenCompose(
            names -> {
              CompletableFuture<Map<String, byte[]>> all =
                  CompletableFuture.completedFuture(new TreeMap<>());
              for (String name : names) {
                all =
                    all.thenCombine(
                        records.read(CERTIFICATES + "/" + name),
                        (map, der) -> with(map, name, der));
              }
              return all;
            });
  }

  private static Map<String, byte[]> with(
      Map<String, byte[]> map, String name, Optional<byte[]> der) {
    der.ifPresent(bytes -> map.put(name, bytes));
    return map;
  }

  private static List<AuditRecord> parsed(byte[] lines) throws MalformedMessage {
    List<AuditRecord> parsed = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < lines.length; at++) {
      if (lines[at] == '\n') {
        parsed.add(AuditRecord.parse(Arrays.copyOfRange(lines, from, at)));
        from = at + 1;
      }
    }
    if (from != lines.length) {
      throw new MalformedMessage("audit segment ends within a record");
    }
    return parsed;
  }

  private static String path(long first) {
    return String.format("%s/%012d", ROOT, first);
  }
}
