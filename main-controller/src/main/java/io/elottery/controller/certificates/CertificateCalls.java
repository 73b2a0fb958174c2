package io.elottery.controller.certificates;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.keyvault.forecast.KnownCertificate;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.renewal.CertificateAge;
import io.elottery.keyvault.revocation.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What the staff asks about certificates: the forecast, and to revoke one. On main's loop.
 *
 * <pre>
 *   GET  /certificates                               items by server, red ones named in "state"
 *   GET  /certificates/revocations                   items by key
 *   POST /certificates/{node}/revoke {"reason"}      one officer, at once
 *   POST /certificates/revocations/{id}/confirm      a second person, within 30 minutes
 * </pre>
 */
public final class CertificateCalls {
  private static final Set<StaffRole> READERS =
      Set.of(StaffRole.OFFICER, StaffRole.OPERATIONS, StaffRole.AUDITOR);
  private static final Set<StaffRole> OFFICERS = Set.of(StaffRole.OFFICER);
  // The promise is that live connections are closed within this.
  private static final Duration TAKEN_WITHIN = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final NodeLoop loop;
  private final CertificateDesk certificates;
  private final RevocationDesk revocations;
  private final RevocationPush push;

  /** Answers nothing until its calls are added. */
  public CertificateCalls(
      NodeLoop loop,
      CertificateDesk certificates,
      RevocationDesk revocations,
      RevocationPush push) {
    this.loop = loop;
    this.certificates = certificates;
    this.revocations = revocations;
    this.push = push;
  }

  /** Adds the calls. */
  public void addTo(StaffCalls calls) {
    calls.add("GET", "/certificates", READERS, request -> done(StaffAnswer.ok(forecast())));
    calls.add(
        "GET", "/certificates/revocations", READERS, request -> done(StaffAnswer.ok(revoked())));
    calls.add("POST", "/certificates/{node}/revoke", OFFICERS, this::revoke);
    calls.add("POST", "/certificates/revocations/{id}/confirm", OFFICERS, this::confirm);
  }

  private CompletableFuture<StaffAnswer> revoke(StaffRequest request) {
    try {
      String reason = request.required("reason", Revocation.WHY_MAX);
      KnownCertificate known = known(request.part("node"));
      Revocation entry =
          revocations.revoke(known.node(), known.certificate(), reason, request.who());
      boolean cut =
          known.role() == Role.WORKER && revocations.cutLinks(known.node(), reason, request.who());
      ObjectNode body = json(entry).put("linksCut", cut).put("servers", push.count());
      CompletableFuture<StaffAnswer> answer = new CompletableFuture<>();
      answerWhenTaken(body, loop.time().now().plus(TAKEN_WITHIN), answer);
      return answer;
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private KnownCertificate known(String name) throws ActionRefused {
    try {
      Optional<KnownCertificate> known = certificates.book().of(NodeId.of(name));
      if (known.isPresent()) {
        return known.get();
      }
    } catch (IllegalArgumentException notAName) {
      throw ActionRefused.invalid("node", "Expected a server's name.");
    }
    throw ActionRefused.notFound("No certificate of " + name + " was ever issued or seen here.");
  }

  private void answerWhenTaken(
      ObjectNode body, Instant until, CompletableFuture<StaffAnswer> answer) {
    var waiting = push.waiting();
    if (waiting.isEmpty() || !loop.time().now().isBefore(until)) {
      ArrayNode names = body.putArray("waiting");
      waiting.forEach(server -> names.add(server.name()));
      answer.complete(StaffAnswer.ok(body));
    } else {
      loop.after(LOOK, () -> answerWhenTaken(body, until, answer));
    }
  }

  private CompletableFuture<StaffAnswer> confirm(StaffRequest request) {
    Optional<Revocation> found = revocations.current().byId(request.part("id"));
    if (found.isEmpty()) {
      return done(StaffAnswer.notFound("There is no revocation " + request.part("id") + "."));
    }
    Revocation entry = found.get();
    StaffMember first =
        StaffMember.of(entry.by(), entry.person(), OFFICERS, request.who().credentials());
    if (first.samePerson(request.who())) {
      return CompletableFuture.failedFuture(
          ActionRefused.conflict(
              "SAME_PERSON", "Who revoked it cannot confirm it; a second officer must."));
    }
    return done(
        StaffAnswer.ok(
            json(
                entry.confirmation().isPresent()
                    ? entry
                    : revocations.confirm(entry, request.who()))));
  }

  private ObjectNode forecast() {
    Instant now = loop.time().now();
    ObjectNode body = JSON.objectNode();
    ArrayNode items = body.putArray("items");
    CertificateAge.Standing worst = CertificateAge.Standing.GREEN;
    for (KnownCertificate known : certificates.book().all()) {
      Optional<Revocation> revoked = revocations.current().of(known.certificate());
      CertificateAge age = known.age();
      CertificateAge.Standing standing = age.at(now);
      ObjectNode item =
          items
              .addObject()
              .put("node", known.node().name())
              .put("role", known.role().text())
              .put("serial", Revocation.serial(known.certificate()))
              .put("notAfter", age.until().toString())
              .put("renewsAt", age.renewsAt().toString());
      if (revoked.isPresent()) {
        item.put("state", "REVOKED").put("why", revoked.get().why());
      } else {
        item.put("state", standing.name()).put("why", why(known, standing));
        worst = standing.compareTo(worst) > 0 ? standing : worst;
      }
    }
    body.putNull("next");
    return body.put("state", worst.name());
  }

  private static String why(KnownCertificate known, CertificateAge.Standing standing) {
    String how =
        known.role() == Role.ZOOKEEPER
            ? "look whether its configuration names mains (docs/keys.md)"
            : "look why " + known.node() + " is not given a new one";
    return switch (standing) {
      case GREEN -> "";
      case YELLOW -> "Past its half without renewal; " + how + ".";
      case RED -> "About to end, or ended; " + how + ".";
    };
  }

  private ObjectNode revoked() {
    ObjectNode body = JSON.objectNode();
    ArrayNode items = body.putArray("items");
    revocations.current().entries().forEach(entry -> items.add(json(entry)));
    body.putNull("next");
    ArrayNode waiting = body.putArray("waiting");
    push.waiting().forEach(server -> waiting.add(server.name()));
    return body.put("version", revocations.current().version());
  }

  private ObjectNode json(Revocation entry) {
    boolean overdue = entry.isOverdue(loop.time().now());
    boolean confirmed = entry.confirmation().isPresent();
    ObjectNode json =
        JSON.objectNode()
            .put("id", entry.id())
            .put("node", entry.node().name())
            .put("key", entry.keyDigest())
            .put("serial", entry.serial())
            .put("since", entry.since().toString())
            .put("reason", entry.why())
            .put("by", entry.by())
            .put("confirmBy", entry.since().plus(Revocation.CONFIRM_WITHIN).toString())
            .put("state", confirmed ? "GREEN" : overdue ? "RED" : "YELLOW");
    entry.confirmation().ifPresent(officer -> json.put("confirmedBy", officer));
    return json;
  }

  private static CompletableFuture<StaffAnswer> done(StaffAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
