package io.elottery.controller.keys;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.keystep.KeyStep;
import io.elottery.keyvault.keystep.KeyStep.Step;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.rotation.LinkCut;
import io.elottery.keyvault.rotation.LinkCut.EndState;
import io.elottery.keyvault.rotation.LinkCuts;
import io.elottery.keyvault.rotation.LinkName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emergencies: cuts links at once on one officer's word. Both ends of each link are told before
 * anything is recorded; the record and the audit trail follow as soon as they can. Ends that did
 * not answer are told again and again. A cut that no second officer confirms in time is reported.
 * Works while the vault is sealed: that a link is cut is no secret. On main's loop.
 */
final class CutDesk implements Duty {
  private static final Logger log = LoggerFactory.getLogger(CutDesk.class);
  private static final Duration AT_ONCE = Duration.ofMillis(900);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration TELL_AGAIN = Duration.ofSeconds(2);
  // The epoch up to which ends refuse a link whose epochs main cannot look up: beyond any in use.
  private static final int ANY_EPOCH = 1_000_000;

  private final KeyPorts ports;
  private final TypedRecord<LinkCuts> record;
  private final List<Waiting> waiting = new ArrayList<>();
  private LinkCuts cuts = LinkCuts.NONE;
  private boolean known;
  private boolean writing;
  private long version; // Of the cuts in memory.
  private long recorded;
  private long term;

  private record Waiting(long version, CompletableFuture<Void> saved) {}

  CutDesk(KeyPorts ports) {
    this.ports = ports;
    this.record =
        new TypedRecord<>(
            ports.office(), ports.loop(), "keys-cuts", LinkCuts::encoded, LinkCuts::decoded);
  }

  void start() {
    ports.loop().every(TELL_AGAIN, this::tick);
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere == Hemisphere.LEFT) {
      forget();
      read(term);
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      forget();
    }
  }

  boolean isKnown() {
    return known;
  }

  LinkCuts all() {
    return cuts;
  }

  Optional<LinkCut> inForce(LinkName link) {
    return cuts.inForce(link);
  }

  /** Whether a cut of the link, which ended there, was lifted: it may have a key again. */
  boolean lifted(LinkName link, int last) {
    return cuts.cuts().stream()
        .anyMatch(
            cut -> !cut.isInForce() && cut.links().containsKey(link) && cut.upTo(link) >= last);
  }

  /**
   * Cuts the links now.
   *
   * @param links with the last epoch of each, 0 where it cannot be looked up
   * @return completes within a second, with what each end answered
   */
  CompletableFuture<LinkCut> cut(
      StaffMember by, String target, SortedMap<LinkName, Integer> links, String reason) {
    Instant now = ports.loop().time().now();
    SortedMap<LinkName, Integer> upTo = new TreeMap<>();
    links.forEach((link, last) -> upTo.put(link, last > 0 ? last : ANY_EPOCH));
    SortedMap<String, EndState> ends = new TreeMap<>();
    upTo.keySet().forEach(l -> l.ends().forEach(e -> ends.put(l + " " + e, EndState.UNREACHABLE)));
    LinkCut cut =
        new LinkCut(
            cuts.freshId(now),
            target,
            upTo,
            reason,
            by.name(),
            by.person(),
            now,
            ends,
            "",
            false,
            "");
    log.warn("{}: {} cut by {}", cut.id(), target, by.name());
    CompletableFuture<Void> told = tell(cut);
    change(cuts.plus(cut));
    ports
        .audit()
        .recordLater(AuditEntry.done(by.name(), "KEYS_CUT", target, cut.id() + ": " + reason));
    return told.thenApply(all -> cuts.find(cut.id()).orElse(cut));
  }

  /** A second officer says that it was right; completes once recorded. */
  CompletableFuture<Void> confirm(LinkCut cut, StaffMember by) {
    return ports
        .audit()
        .record(AuditEntry.done(by.name(), "KEYS_CUT_CONFIRMED", cut.target(), cut.id()))
        .thenCompose(audited -> later(cut.id(), is -> is.confirmed(by.name())));
  }

  /** Its links may have keys again; completes once recorded. */
  CompletableFuture<Void> lift(String id, String proposal) {
    return later(id, is -> is.lifted(proposal));
  }

  private CompletableFuture<Void> later(String id, UnaryOperator<LinkCut> change) {
    Optional<LinkCut> is = cuts.find(id);
    if (is.isEmpty()) {
      return CompletableFuture.failedFuture(new IllegalStateException("no " + id + " any more"));
    }
    return change(cuts.with(change.apply(is.get())));
  }

  // Everyone at once; an end that is not connected fails at once.
  private CompletableFuture<Void> tell(LinkCut cut) {
    List<CompletableFuture<?>> all = new ArrayList<>();
    cut.links()
        .forEach(
            (link, upTo) -> {
              for (NodeId end : link.ends()) {
                if (cut.ends().get(link + " " + end) != EndState.CLOSED) {
                  all.add(tell(cut.id(), link, upTo, end));
                }
              }
            });
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> tell(String id, LinkName link, int upTo, NodeId end) {
    long mine = term;
    long fence = ports.halves().fence(Hemisphere.LEFT).orElse(0L);
    return ports
        .board()
        .call(end, KeyStep.of(Step.CUT, link.text(), upTo, fence).toEnvelope(), AT_ONCE)
        .handle(
            (answer, problem) -> {
              if (answer != null && mine == term) {
                cuts.find(id)
                    .ifPresent(is -> change(cuts.with(is.with(link + " " + end, EndState.CLOSED))));
              } else {
                log.warn("{}: {} did not close {}: {}", id, end, link, String.valueOf(problem));
              }
              return null;
            });
  }

  private void tick() {
    if (!ports.halves().coordinates() || !known) {
      return;
    }
    Instant now = ports.loop().time().now();
    for (LinkCut cut : cuts.inForce()) {
      tell(cut);
      if (cut.isOverdue(now) && !cut.reported()) {
        log.error("{}: {} cut by {}, not confirmed in time", cut.id(), cut.target(), cut.by());
        ports
            .audit()
            .recordLater(
                new AuditEntry(
                    ports.loop().name(),
                    "",
                    "KEYS_CUT_UNCONFIRMED",
                    cut.target(),
                    cut.id() + ": no second officer confirmed the cut by " + cut.by(),
                    "RED"));
        cuts.find(cut.id()).ifPresent(is -> change(cuts.with(is.asReported())));
      }
    }
  }

  private CompletableFuture<Void> change(LinkCuts next) {
    cuts = next;
    version++;
    CompletableFuture<Void> saved = new CompletableFuture<>();
    waiting.add(new Waiting(version, saved));
    save();
    return saved;
  }

  private void save() {
    if (writing || !known || recorded == version) {
      return;
    }
    writing = true;
    long mine = term;
    long now = version;
    record
        .write(cuts)
        .whenComplete(
            (done, problem) -> {
              if (mine != term) {
                return;
              }
              writing = false;
              if (problem != null) {
                log.warn("cuts not recorded, tried again soon: {}", problem.toString());
                ports.loop().after(AGAIN, this::save);
                return;
              }
              recorded = now;
              waiting.stream()
                  .filter(each -> each.version <= now)
                  .toList()
                  .forEach(each -> each.saved.complete(null));
              waiting.removeIf(each -> each.version <= now);
              save();
            });
  }

  private void read(long mine) {
    if (mine != term) {
      return;
    }
    record.read().whenComplete((found, problem) -> wasRead(mine, found, problem));
  }

  private void wasRead(long mine, @Nullable Optional<LinkCuts> found, @Nullable Throwable problem) {
    if (mine != term) {
      return;
    }
    if (found == null) {
      log.debug("cuts not read: {}", String.valueOf(problem));
      ports.loop().after(AGAIN, () -> read(mine));
      return;
    }
    // Cuts made before the record was read stand at its end.
    LinkCuts all = found.orElse(LinkCuts.NONE);
    for (LinkCut cut : cuts.cuts()) {
      all = all.plus(cut);
    }
    cuts = all;
    known = true;
    save();
  }

  private void forget() {
    term++;
    waiting.forEach(
        each ->
            each.saved.completeExceptionally(
                new IllegalStateException("this main acts no longer")));
    waiting.clear();
    cuts = LinkCuts.NONE;
    known = false;
    writing = false;
    recorded = version;
  }
}
