package io.elottery.controller.staff;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.keyvault.audit.AuditChain;
import io.elottery.keyvault.audit.AuditDraft;
import io.elottery.keyvault.audit.AuditRecord;
import io.elottery.keyvault.signing.CertifiedSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the trail while this main acts for LEFT: what waits goes together into the registry, then
 * into this main's log. After a write that may or may not have been done, both are read again and
 * what is not there is written again. On main's loop.
 */
final class AuditPen {
  private static final Logger log = LoggerFactory.getLogger(AuditPen.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int WAITING_MAX = 2_000;

  private final NodeLoop loop;
  private final AuditSegments segments;
  private final AuditSync sync;
  private final CertifiedSigner signer;
  private final Consumer<String> troubled;
  private final Deque<Item> waiting = new ArrayDeque<>();
  private List<Item> underway = List.of();
  private List<AuditRecord> attempt = List.of(); // Of those under way, in the same order.
  private List<AuditRecord> segment = List.of(); // The last one, as it is stored.
  private @Nullable AuditChain head; // Null while it is being read.
  private String certificate = ""; // The hash of the one that is known to be kept.
  private long fence;
  private long generation;

  private record Item(AuditDraft draft, Instant at, long until, CompletableFuture<Void> stored) {}

  /**
   * @param troubled told, for a person, what was wrong with the registry's trail
   */
  AuditPen(
      NodeLoop loop,
      AuditSegments segments,
      AuditSync sync,
      CertifiedSigner signer,
      Consumer<String> troubled) {
    this.loop = loop;
    this.segments = segments;
    this.sync = sync;
    this.signer = signer;
    this.troubled = troubled;
  }

  /** This main writes from now on, under this fence. */
  void begin(long itsFence) {
    fence = itsFence;
    certificate = "";
    generation++;
    read(generation);
  }

  /** It no longer does: what waits was perhaps not stored. */
  void end() {
    generation++;
    head = null;
    List<Item> given = new ArrayList<>(underway);
    given.addAll(waiting);
    underway = List.of();
    attempt = List.of();
    waiting.clear();
    given.forEach(item -> failed(item, "this main does not act for LEFT any more"));
  }

  /** Writes it; completes once it is stored. */
  CompletableFuture<Void> write(AuditEntry entry) {
    AuditDraft draft =
        new AuditDraft(
            entry.who(),
            entry.approvedBy(),
            entry.what(),
            entry.target(),
            entry.detail(),
            entry.result());
    long until = loop.time().nanos() + PATIENCE.toNanos();
    Item item = new Item(draft, loop.time().now(), until, new CompletableFuture<>());
    if (waiting.size() >= WAITING_MAX) {
      failed(item, WAITING_MAX + " audit records wait");
      return item.stored;
    }
    waiting.add(item);
    flush();
    return item.stored;
  }

  private void flush() {
    AuditChain now = head;
    if (now == null || !underway.isEmpty() || waiting.isEmpty()) {
      return;
    }
    String own = Sha256.hex(signer.chain().get(0));
    boolean fresh = now.number() % AuditSegments.RECORDS == 0;
    List<AuditRecord> next = new ArrayList<>(fresh ? List.of() : segment);
    List<Item> items = new ArrayList<>();
    List<AuditRecord> records = new ArrayList<>();
    while (next.size() < AuditSegments.RECORDS && !waiting.isEmpty()) {
      Item item = waiting.remove();
      AuditRecord record = now.next(item.draft, item.at, signer);
      now = AuditChain.after(record);
      items.add(item);
      records.add(record);
      next.add(record);
    }
    underway = items;
    attempt = records;
    long mine = generation;
    AuditChain then = now;
    kept(own)
        .thenCompose(done -> segments.write(next, fence))
        .whenComplete(
            (done, problem) -> {
              if (mine != generation) {
                return;
              }
              if (problem == null) {
                certificate = own;
                segment = next;
                stored(then);
              } else {
                log.warn("audit records not stored, reading again: {}", problem.toString());
                head = null;
                loop.after(AGAIN, () -> again(mine));
              }
            });
  }

  private CompletableFuture<Void> kept(String own) {
    return own.equals(certificate)
        ? CompletableFuture.completedFuture(null)
        : segments.certificate(own, signer.chain().get(0), fence);
  }

  private void stored(AuditChain now) {
    List<Item> done = underway;
    sync.append(attempt)
        .whenComplete(
            (appended, problem) -> {
              if (problem != null) {
                log.error("this main's audit log cannot be written: {}", problem.toString());
              }
            });
    underway = List.of();
    attempt = List.of();
    head = now;
    done.forEach(item -> item.stored.complete(null));
    flush();
  }

  private void again(long mine) {
    if (mine == generation) {
      read(mine);
    }
  }

  private void read(long mine) {
    head = null;
    sync.run()
        .thenCompose(standing -> mended(mine, standing))
        .whenComplete(
            (records, problem) -> {
              if (mine != generation) {
                return;
              }
              if (records == null) {
                log.warn("audit trail not read, tried again soon: {}", String.valueOf(problem));
                giveUpLate();
                loop.after(AGAIN, () -> again(mine));
              } else {
                resume(records);
              }
            });
  }

  // Where the registry tells less than this main's log, or something else, the log is written back.
  private CompletableFuture<List<AuditRecord>> mended(long mine, AuditSync.Standing standing) {
    long last = standing.head().number();
    if (mine != generation) {
      return CompletableFuture.failedFuture(new IllegalStateException("deposed"));
    }
    if (standing.trouble().isPresent()) {
      troubled.accept(standing.trouble().get());
    } else if (standing.registryEnd() < last) {
      troubled.accept(
          "the registry ended at record " + standing.registryEnd() + ", this main had " + last);
    } else {
      return tail(last);
    }
    long from = AuditSegments.firstOf(standing.registryEnd() + 1);
    return written(from, last).thenCompose(done -> tail(last));
  }

  private CompletableFuture<Void> written(long from, long last) {
    if (from > last) {
      return CompletableFuture.completedFuture(null);
    }
    return sync.read(from, AuditSegments.RECORDS)
        .thenCompose(records -> segments.write(records, fence))
        .thenCompose(done -> written(from + AuditSegments.RECORDS, last));
  }

  private CompletableFuture<List<AuditRecord>> tail(long last) {
    return last == 0
        ? CompletableFuture.completedFuture(List.of())
        : sync.read(AuditSegments.firstOf(last), AuditSegments.RECORDS);
  }

  private void resume(List<AuditRecord> last) {
    segment = last;
    head = last.isEmpty() ? AuditChain.START : AuditChain.after(last.get(last.size() - 1));
    if (!attempt.isEmpty() && last.contains(attempt.get(attempt.size() - 1))) {
      stored(head);
      return;
    }
    for (int i = underway.size() - 1; i >= 0; i--) {
      waiting.addFirst(underway.get(i));
    }
    underway = List.of();
    attempt = List.of();
    giveUpLate();
    flush();
  }

  private void giveUpLate() {
    long now = loop.time().nanos();
    List<Item> late = waiting.stream().filter(item -> item.until - now < 0).toList();
    waiting.removeAll(late);
    late.forEach(item -> failed(item, "not stored in " + PATIENCE));
  }

  private static void failed(Item item, String why) {
    item.stored.completeExceptionally(new IllegalStateException("audit: " + why));
  }
}
