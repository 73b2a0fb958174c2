package io.elottery.web.console;

import io.elottery.keyvault.audit.AuditExport;
import io.elottery.keyvault.audit.AuditRecord;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.web.exchange.Json;
import io.elottery.web.staff.OfficeAnswer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Puts an export of the audit trail together: main gives a long trail in parts. */
final class AuditFile {
  private static final String PATH = "/audit/export";

  private AuditFile() {}

  /** All of the trail as one export. */
  static CompletableFuture<AuditExport> collect(Clerk clerk) {
    return clerk.get(PATH).thenCompose(answer -> more(clerk, part(answer)));
  }

  // The parts end with the one that holds nothing more.
  private static CompletableFuture<AuditExport> more(Clerk clerk, AuditExport file) {
    List<AuditRecord> records = file.records();
    if (records.isEmpty()) {
      return CompletableFuture.completedFuture(file);
    }
    long next = records.get(records.size() - 1).number() + 1;
    return clerk
        .get(PATH, Map.of("from", Long.toString(next), "first", "1"))
        .thenCompose(
            answer -> {
              AuditExport later = part(answer);
              return later.records().isEmpty()
                  ? CompletableFuture.completedFuture(file.and(later))
                  : more(clerk, file.and(later));
            });
  }

  private static AuditExport part(OfficeAnswer answer) {
    if (!answer.isGood()) {
      throw new CompletionException(answer.problem().unacceptable());
    }
    try {
      return AuditExport.parse(Json.bytes(answer.body()));
    } catch (JsonRefused odd) {
      throw new IllegalStateException("main's export: " + odd.getMessage(), odd);
    }
  }
}
