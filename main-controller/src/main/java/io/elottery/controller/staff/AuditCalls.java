package io.elottery.controller.staff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.elottery.foundation.time.Time;
import io.elottery.keyvault.audit.AuditChain;
import io.elottery.keyvault.audit.AuditExport;
import io.elottery.keyvault.audit.AuditRecord;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.signing.CertifiedSigner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** {@code GET /audit} and {@code GET /audit/export}, from the acting main's own log. */
final class AuditCalls {
  private static final Set<StaffRole> READERS =
      Set.of(StaffRole.AUDITOR, StaffRole.OFFICER, StaffRole.OPERATIONS);
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
  private static final int PAGE = 50;
  private static final int PAGE_MAX = 500;
  // So that an answer stays well under an envelope's 4 MiB.
  private static final int EXPORT_MAX = 2_500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AuditSync sync;
  private final AuditSegments segments;
  private final CertifiedSigner signer;
  private final Time time;

  AuditCalls(AuditSync sync, AuditSegments segments, CertifiedSigner signer, Time time) {
    this.sync = sync;
    this.segments = segments;
    this.signer = signer;
    this.time = time;
  }

  void addTo(StaffCalls calls) {
    calls.add("GET", "/audit", READERS, this::list);
    calls.add("GET", "/audit/export", READERS, this::export);
  }

  // Without "from" the newest come first; "cursor" goes on where a page ended.
  private CompletableFuture<StaffAnswer> list(StaffRequest request) {
    try {
      int limit = (int) Math.max(1, Math.min(PAGE_MAX, number(request, "limit", PAGE)));
      if (request.query().containsKey("from")) {
        long from = Math.max(1, number(request, "from", 1));
        return sync.read(from, limit).thenApply(records -> ascending(records, limit));
      }
      long below = number(request, "cursor", 0);
      return sync.append(List.of())
          .thenCompose(
              head -> {
                long end = below > 0 ? Math.min(below - 1, head.number()) : head.number();
                long from = Math.max(1, end - limit + 1);
                return sync.read(from, (int) (end - from + 1));
              })
          .thenApply(AuditCalls::descending);
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private static StaffAnswer ascending(List<AuditRecord> records, int limit) {
    ObjectNode body = items(records);
    if (records.size() == limit) {
      body.put("nextFrom", records.get(records.size() - 1).number() + 1);
    }
    return StaffAnswer.ok(body);
  }

  private static StaffAnswer descending(List<AuditRecord> records) {
    List<AuditRecord> newestFirst = new ArrayList<>(records);
    Collections.reverse(newestFirst);
    ObjectNode body = items(newestFirst);
    if (!records.isEmpty() && records.get(0).number() > 1) {
      body.put("next", String.valueOf(records.get(0).number()));
    }
    return StaffAnswer.ok(body);
  }

  private static ObjectNode items(List<AuditRecord> records) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode items = body.putArray("items");
    for (AuditRecord record : records) {
      items
          .addObject()
          .put("number", record.number())
          .put("at", record.at().toString())
          .put("who", record.draft().who())
          .put("approvedBy", record.draft().approvedBy())
          .put("what", record.draft().what())
          .put("target", record.draft().target())
          .put("detail", record.draft().detail())
          .put("result", record.draft().result())
          .put("hash", record.hash());
    }
    return body;
  }

  // A trail of more than EXPORT_MAX records comes in parts: "from" says where this one begins,
  // "first" what the closing covers; the parts become one file by AuditExport.and.
  private CompletableFuture<StaffAnswer> export(StaffRequest request) {
    try {
      long from = Math.max(1, number(request, "from", 1));
      long first = Math.max(1, Math.min(from, number(request, "first", from)));
      boolean csv = request.query().getOrDefault("format", "json").equals("csv");
      return before(first)
          .thenCompose(begin -> before(from).thenCompose(here -> export(begin, here, csv)));
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private CompletableFuture<StaffAnswer> export(AuditChain first, AuditChain here, boolean csv) {
    return segments
        .certificates()
        .thenCombine(
            sync.read(here.number() + 1, EXPORT_MAX),
            (certificates, records) -> {
              AuditExport export =
                  AuditExport.of(first, here, records, certificates, time.now(), signer);
              return StaffAnswer.ok(csv ? TextNode.valueOf(export.csv()) : tree(export));
            });
  }

  private CompletableFuture<AuditChain> before(long number) {
    return number == 1
        ? CompletableFuture.completedFuture(AuditChain.START)
        : sync.read(number - 1, 1)
            .thenCompose(
                records ->
                    records.isEmpty()
                        ? CompletableFuture.failedFuture(
                            ActionRefused.notFound("There is no record " + (number - 1) + " yet."))
                        : CompletableFuture.completedFuture(AuditChain.after(records.get(0))));
  }

  private static JsonNode tree(AuditExport export) {
    try {
      return JSON.readTree(export.json());
    } catch (IOException ours) {
      throw new IllegalStateException("an export is JSON", ours);
    }
  }

  private static long number(StaffRequest request, String name, long otherwise)
      throws ActionRefused {
    String text = request.query().getOrDefault(name, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw ActionRefused.invalid(name, "Expected a number in \"" + name + "\".");
    }
    return Long.parseLong(text);
  }
}
