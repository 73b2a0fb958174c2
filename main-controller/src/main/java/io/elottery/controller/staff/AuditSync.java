package io.elottery.controller.staff;

import io.elottery.keyvault.audit.AuditChain;
import io.elottery.keyvault.audit.AuditRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings this main's own log up to the trail in the registry, checking every record on the way: the
 * registry is not trusted.
 */
final class AuditSync {
  private static final Logger log = LoggerFactory.getLogger(AuditSync.class);
  private static final int SEGMENTS_AT_ONCE = 50;

  /**
   * Where both stand now.
   *
   * @param head of the log
   * @param registryEnd up to where the registry tells the same as the log
   * @param trouble what was wrong, for a person; empty = nothing
   */
  record Standing(AuditChain head, long registryEnd, Optional<String> trouble) {}

  private final AuditSegments segments;
  private final AuditLog file;
  private final X509Certificate authority;
  private final Executor disk;
  private final Executor loop;

  AuditSync(
      AuditSegments segments,
      AuditLog file,
      X509Certificate authority,
      Executor disk,
      Executor loop) {
    this.segments = segments;
    this.file = file;
    this.authority = authority;
    this.disk = disk;
    this.loop = loop;
  }

  /** Brings it up; completes on the loop, exceptionally when registry or disk do not answer. */
  CompletableFuture<Standing> run() {
    return onDisk(file::head)
        .thenCompose(
            head ->
                segments
                    .certificates()
                    .thenCompose(
                        certificates ->
                            segments
                                .firsts()
                                .thenCompose(firsts -> follow(head, certificates, firsts))));
  }

  /** Records of the log; completes on the loop. */
  CompletableFuture<List<AuditRecord>> read(long from, int most) {
    return onDisk(() -> file.read(from, most));
  }

  /** Appends what was stored in the registry; completes on the loop. */
  CompletableFuture<AuditChain> append(List<AuditRecord> records) {
    return onDisk(
        () -> {
          file.append(records);
          return file.head();
        });
  }

  private CompletableFuture<Standing> follow(
      AuditChain head, Map<String, byte[]> certificates, List<Long> firsts) {
    // The segment that holds the log's last record is read too: it must be the same record there.
    long from = AuditSegments.firstOf(Math.max(1, head.number()));
    List<Long> wanted = firsts.stream().filter(first -> first >= from).toList();
    Walk walk = new Walk(head, certificates);
    CompletableFuture<Walk> all = CompletableFuture.completedFuture(walk);
    for (Long first : wanted.subList(0, Math.min(wanted.size(), SEGMENTS_AT_ONCE))) {
      all = all.thenCompose(so -> so.trouble.isPresent() ? done(so) : read(so, first));
    }
    return all.thenCompose(
        so -> {
          if (so.fork) {
            return onDisk(this::putAside).thenCompose(none -> again(so));
          }
          return append(so.fresh)
              .thenCompose(
                  now ->
                      wanted.size() > SEGMENTS_AT_ONCE && so.trouble.isEmpty()
                          ? run()
                          : done(new Standing(now, so.end, so.trouble)));
        });
  }

  private CompletableFuture<Standing> again(Walk so) {
    return run()
        .thenApply(
            now -> new Standing(now.head, now.registryEnd, now.trouble.or(() -> so.trouble)));
  }

  private CompletableFuture<Walk> read(Walk walk, long first) {
    return segments
        .read(first)
        .handle(
            (records, problem) -> {
              if (records == null) {
                walk.trouble = Optional.of("segment " + first + " cannot be read");
              } else {
                records.forEach(walk::take);
              }
              return walk;
            });
  }

  private Path putAside() throws IOException {
    Path aside = file.putAside();
    log.error("the audit trail in the registry is not the one in this main's log: see {}", aside);
    return aside;
  }

  private <T> CompletableFuture<T> onDisk(DiskWork<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    disk.execute(
        () -> {
          try {
            T result = work.run();
            loop.execute(() -> done.complete(result));
          } catch (IOException failed) {
            loop.execute(() -> done.completeExceptionally(new CompletionException(failed)));
          }
        });
    return done;
  }

  private static <T> CompletableFuture<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }

  private interface DiskWork<T> {
    T run() throws IOException;
  }

  /** One pass over the registry's records, in their order. */
  private final class Walk {
    private final AuditChain before;
    private final Map<String, byte[]> certificates;
    private final List<AuditRecord> fresh = new ArrayList<>();
    private AuditChain now;
    private long end; // Up to where the registry was seen to be the same.
    private boolean fork;
    private Optional<String> trouble = Optional.empty();

    Walk(AuditChain before, Map<String, byte[]> certificates) {
      this.before = before;
      this.now = before;
      this.certificates = certificates;
    }

    void take(AuditRecord record) {
      if (trouble.isPresent()) {
        return;
      }
      if (record.number() < before.number()) {
        end = record.number();
      } else if (record.number() == before.number()) {
        same(record);
      } else {
        Optional<String> objection = now.objection(record, certificates, authority);
        if (objection.isPresent()) {
          trouble = Optional.of("record " + record.number() + ": " + objection.get());
          return;
        }
        fresh.add(record);
        now = AuditChain.after(record);
        end = record.number();
      }
    }

    // Only a record that a main signed puts the log aside; anything else is the registry's fault.
    private void same(AuditRecord record) {
      if (record.hash().equals(before.hash())) {
        end = record.number();
        return;
      }
      AuditChain follows = new AuditChain(record.number() - 1, record.previous());
      fork = follows.objection(record, certificates, authority).isEmpty();
      trouble = Optional.of("record " + record.number() + " is another one than in the log");
    }
  }
}
