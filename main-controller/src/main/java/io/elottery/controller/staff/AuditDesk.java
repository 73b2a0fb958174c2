package io.elottery.controller.staff;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.peers.MainKinds;
import io.elottery.controller.records.Records;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.signing.CertifiedSigner;
import io.elottery.reports.order.Lead;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link AuditTrail} of this main: written by {@link AuditPen} while it acts for LEFT, passed
 * to the main that does otherwise; copied from the registry into this main's own log either way. On
 * main's loop.
 */
public final class AuditDesk implements AuditTrail, Duty {
  private static final Logger log = LoggerFactory.getLogger(AuditDesk.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final Duration COPY = Duration.ofSeconds(10);
  private static final int LATER_MAX = 1_000;

  /**
   * What it needs.
   *
   * @param records in the registry
   * @param disk may wait; one thread
   */
  public record Ports(
      Switchboard board,
      NodeLoop loop,
      Hemispheres halves,
      Records records,
      CertifiedSigner signer,
      X509Certificate authority,
      Executor disk) {}

  private final NodeId self;
  private final Ports ports;
  private final AuditSync sync;
  private final AuditPen pen;
  private final Deque<AuditEntry> later = new ArrayDeque<>();
  private boolean sending;
  private boolean copying;
  private String lastTrouble = "";

  /**
   * For this main.
   *
   * @param file its own copy of the trail: {@code DIR/audit.log}
   */
  public AuditDesk(NodeId self, Ports ports, Path file) {
    this.self = self;
    this.ports = ports;
    AuditSegments segments = new AuditSegments(ports.records);
    sync = new AuditSync(segments, new AuditLog(file), ports.authority, ports.disk, ports.loop);
    pen = new AuditPen(ports.loop, segments, sync, ports.signer, this::troubled);
  }

  /** Begins; on the loop or before it turns. */
  public void start(StaffCalls calls) {
    ports.board.serve(MainKinds.AUDIT_ENTRY, this::asked);
    ports.loop.every(AGAIN, this::sendLater);
    ports.loop.every(COPY, this::copy);
    new AuditCalls(sync, new AuditSegments(ports.records), ports.signer, ports.loop.time())
        .addTo(calls);
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere == Hemisphere.LEFT) {
      pen.begin(fence);
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      pen.end();
    }
  }

  @Override
  public CompletableFuture<Void> record(AuditEntry entry) {
    if (ports.halves.coordinates()) {
      return pen.write(entry);
    }
    Optional<NodeId> leader = ports.halves.lead(Hemisphere.LEFT).map(Lead::leader);
    return leader.isEmpty()
        ? CompletableFuture.failedFuture(new IllegalStateException("no main acts for LEFT"))
        : ports.board.call(leader.get(), envelope(entry), PATIENCE).thenAccept(stored -> {});
  }

  @Override
  public void recordLater(AuditEntry entry) {
    if (later.size() >= LATER_MAX) {
      log.error("audit: {} entries wait, this one is lost: {}", LATER_MAX, later.poll());
    }
    later.add(entry);
    sendLater();
  }

  // One after the other, so that they keep their order; an entry leaves once it is stored.
  private void sendLater() {
    AuditEntry next = later.peek();
    if (next == null || sending) {
      return;
    }
    sending = true;
    record(next)
        .whenComplete(
            (stored, problem) -> {
              sending = false;
              if (problem == null) {
                later.remove(next);
                sendLater();
              }
            });
  }

  private void asked(Peer from, Envelope envelope, CallHandler.Answer answer) {
    if (from.role() != Role.MAIN || !ports.halves.coordinates()) {
      answer.refuse("NOT_READY", "this main does not act for LEFT; ask again");
      return;
    }
    try {
      pen.write(parse(envelope.body()))
          .whenComplete(
              (stored, problem) -> {
                if (problem == null) {
                  answer.reply(new Envelope(MainKinds.AUDIT_ENTRY, MainKinds.VERSION, new byte[0]));
                } else {
                  answer.refuse("NOT_STORED", "the audit record was not stored; ask again");
                }
              });
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", String.valueOf(malformed.getMessage()));
    }
  }

  private void copy() {
    if (ports.halves.coordinates() || copying) {
      return;
    }
    copying = true;
    sync.run()
        .whenComplete(
            (standing, problem) -> {
              copying = false;
              if (standing == null) {
                log.debug("audit trail not copied, tried again soon: {}", String.valueOf(problem));
              } else if (standing.trouble().isPresent()) {
                troubled(standing.trouble().get());
              } else if (standing.registryEnd() < standing.head().number()) {
                troubled(
                    "the registry ends at record "
                        + standing.registryEnd()
                        + ", this main has "
                        + standing.head().number());
              }
            });
  }

  private void troubled(String what) {
    if (!what.equals(lastTrouble)) {
      lastTrouble = what;
      log.error("audit trail in the registry: {}; somebody or something altered it", what);
      recordLater(new AuditEntry(self.name(), "", "AUDIT_ALTERED", "audit", what, "FOUND"));
    }
  }

  private static Envelope envelope(AuditEntry entry) {
    byte[] body =
        new WireWriter(256)
            .text(entry.who())
            .text(entry.approvedBy())
            .text(entry.what())
            .text(entry.target())
            .text(entry.detail())
            .text(entry.result())
            .toBytes();
    return new Envelope(MainKinds.AUDIT_ENTRY, MainKinds.VERSION, body);
  }

  private static AuditEntry parse(byte[] body) throws MalformedMessage {
    WireReader in = new WireReader(body);
    AuditEntry entry =
        new AuditEntry(in.text(), in.text(), in.text(), in.text(), in.text(), in.text());
    in.done();
    return entry;
  }
}
