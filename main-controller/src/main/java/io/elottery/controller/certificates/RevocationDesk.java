package io.elottery.controller.certificates;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.controller.staff.AuditTrail;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.revocation.Revocation;
import io.elottery.keyvault.revocation.RevocationList;
import io.elottery.keyvault.revocation.Revocations;
import io.elottery.keyvault.vault.SignedRecords;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Revokes keys and keeps the list. One officer is enough and nothing is waited for: the list counts
 * here at once, goes to every server, and is written into the signed record {@code revocations} as
 * soon as that can be done. A leader that dies in between leaves it with every server that got it;
 * the next one begins with the union of the record and what it was sent. On main's loop.
 */
public final class RevocationDesk implements Duty {
  private static final Logger log = LoggerFactory.getLogger(RevocationDesk.class);
  private static final String RECORD = "revocations";
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration LOOK_PERIOD = Duration.ofSeconds(30);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /**
   * What it needs.
   *
   * @param self this main
   * @param stop ends this main when its own key is revoked
   */
  public record Ports(
      NodeId self,
      NodeLoop loop,
      Hemispheres halves,
      SignedRecords office,
      Revocations revocations,
      AuditTrail audit,
      Runnable stop) {}

  private final Ports ports;
  private final Set<String> reported = new TreeSet<>();
  private @Nullable LinkCutter cutter;
  private RevocationList written = RevocationList.NONE;
  private boolean read; // as LEFT's main; nothing is written before
  private boolean writing;

  /** Revokes nothing until asked. */
  public RevocationDesk(Ports ports) {
    this.ports = ports;
  }

  /** Cuts a revoked worker's links by this from now on. */
  public void cutBy(LinkCutter links) {
    cutter = links;
  }

  /** Looks for what was not confirmed, from now on; on the loop. */
  public void start(Supplier<Optional<X509Certificate>> own) {
    ports.revocations.onChange(list -> ports.loop.execute(() -> changed(own)));
    ports.loop.every(LOOK_PERIOD, this::lookForOverdue);
    changed(own);
  }

  /** The list as it counts here. */
  public RevocationList current() {
    return ports.revocations.current();
  }

  /**
   * Revokes the key in this certificate; a key that is revoked already stays as it is.
   *
   * @return what counts now
   */
  public Revocation revoke(
      NodeId node, X509Certificate certificate, String reason, StaffMember officer) {
    Optional<Revocation> known = current().of(certificate.getPublicKey());
    if (known.isPresent()) {
      return known.get();
    }
    Revocation entry = Revocation.of(node, certificate, now(), reason, officer);
    log.error("{} revokes the key of {}: {}", officer.name(), node, reason);
    ports.revocations.offer(current().with(entry));
    ports.audit.recordLater(
        AuditEntry.done(officer.name(), "CERTIFICATE_REVOKED", node.name(), detail(entry)));
    write();
    return entry;
  }

  /** Cuts the worker's links; false where nobody does that yet. */
  public boolean cutLinks(NodeId worker, String reason, StaffMember officer) {
    LinkCutter links = cutter;
    if (links == null) {
      log.warn("the links of {} are not cut: nothing here does that", worker);
      return false;
    }
    links.cut(worker, reason, officer);
    return true;
  }

  /** A second officer has looked at it; the caller has checked who that is. */
  public Revocation confirm(Revocation entry, StaffMember officer) {
    Revocation confirmed = entry.confirmed(officer.name());
    ports.revocations.offer(current().with(confirmed));
    ports.audit.recordLater(
        new AuditEntry(
            entry.by(),
            officer.name(),
            "CERTIFICATE_REVOCATION_CONFIRMED",
            entry.node().name(),
            detail(entry),
            "DONE"));
    write();
    return confirmed;
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere == Hemisphere.LEFT) {
      read = false;
      read();
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      read = false;
    }
  }

  private void read() {
    ports
        .office
        .read(RECORD)
        .whenComplete((found, problem) -> ports.loop.execute(() -> read(found, problem)));
  }

  private void read(@Nullable Optional<byte[]> found, @Nullable Throwable problem) {
    if (!ports.halves.coordinates()) {
      return;
    }
    if (found == null) {
      log.warn("revocations not read, tried again soon: {}", String.valueOf(problem));
      ports.loop.after(AGAIN, this::read);
      return;
    }
    try {
      written = found.isPresent() ? RevocationList.decoded(found.get()) : RevocationList.NONE;
    } catch (MalformedMessage malformed) {
      log.error("the record of revocations is written anew: {}", malformed.getMessage());
      written = RevocationList.NONE;
    }
    read = true;
    ports.revocations.offer(written.merged(current()));
    write();
  }

  private void write() {
    if (!read || writing || written.equals(current())) {
      return;
    }
    RevocationList now = current();
    writing = true;
    ports
        .office
        .write(RECORD, now.encoded())
        .whenComplete((done, problem) -> ports.loop.execute(() -> wrote(now, problem)));
  }

  private void wrote(RevocationList now, @Nullable Throwable problem) {
    if (problem == null) {
      writing = false;
      written = now;
      write();
      return;
    }
    log.error("{} count but are not recorded, tried again: {}", now, problem.toString());
    ports.loop.after(
        AGAIN,
        () -> {
          writing = false;
          write();
        });
  }

  private void changed(Supplier<Optional<X509Certificate>> own) {
    own.get()
        .flatMap(current()::of)
        .ifPresent(
            entry -> {
              log.error("this main's own key is revoked since {}: it ends", entry.since());
              ports.loop.after(LAST_WORDS, ports.stop);
            });
  }

  private void lookForOverdue() {
    if (!ports.halves.coordinates()) {
      return;
    }
    for (Revocation entry : current().entries()) {
      if (entry.isOverdue(now()) && reported.add(entry.id())) {
        log.error("the revocation of {} by {} is not confirmed in time", entry.node(), entry.by());
        ports.audit.recordLater(
            new AuditEntry(
                ports.self.name(),
                "",
                "CERTIFICATE_REVOCATION_UNCONFIRMED",
                entry.node().name(),
                detail(entry),
                "OVERDUE"));
      }
    }
  }

  private Instant now() {
    return ports.loop.time().now();
  }

  private static String detail(Revocation entry) {
    return "key " + entry.id() + ", serial " + entry.serial() + ": " + entry.why();
  }
}
