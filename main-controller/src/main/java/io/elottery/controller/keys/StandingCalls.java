package io.elottery.controller.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionHandler;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.ApprovedActions;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.controller.staff.Described;
import io.elottery.controller.staff.ProposedAction;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.rotation.StandingApproval;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What officers may ask about the standing approval. On main's loop. */
final class StandingCalls implements ActionHandler {
  static final String STANDING = "KEYS_STANDING";

  private static final int DAYS_MAX = 366;
  private static final int LINKS_MAX = 10_000;

  private final KeyPorts ports;
  private final Standing standing;
  private final ApprovedActions approvals;

  StandingCalls(KeyPorts ports, Standing standing, ApprovedActions approvals) {
    this.ports = ports;
    this.standing = standing;
    this.approvals = approvals;
  }

  void addTo(StaffCalls calls) {
    approvals.on(STANDING, this);
    calls.add("GET", "/keys/standing", KeyCalls.READERS, request -> KeyCalls.ok(json()));
    calls.add("POST", "/keys/standing", Set.of(StaffRole.OFFICER), this::propose);
    calls.add("DELETE", "/keys/standing", Set.of(StaffRole.OFFICER), this::revoke);
  }

  private CompletableFuture<StaffAnswer> propose(StaffRequest request) {
    try {
      ObjectNode action =
          JsonNodeFactory.instance
              .objectNode()
              .put("everyDays", number(request.body(), "everyDays", 1, DAYS_MAX))
              .put("maxLinksPerDay", number(request.body(), "maxLinksPerDay", 1, LINKS_MAX))
              .put("untilDays", number(request.body(), "untilDays", 1, DAYS_MAX));
      return approvals.proposeFor(request.who(), STANDING, action);
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private CompletableFuture<StaffAnswer> revoke(StaffRequest request) {
    Optional<StandingApproval> is = standing.current();
    if (is.isEmpty() || !is.get().isInForce(ports.loop().time().now())) {
      return CompletableFuture.failedFuture(
          ActionRefused.notFound("No standing approval is in force."));
    }
    String who = request.who().name();
    return ports
        .audit()
        .record(AuditEntry.done(who, "KEYS_STANDING_REVOKED", is.get().id(), ""))
        .thenCompose(audited -> standing.write(is.get().revoked(who)))
        .thenApply(done -> StaffAnswer.ok(json()));
  }

  @Override
  public Described describe(ObjectNode action) throws ActionRefused {
    return Described.of(
        "Until "
            + number(action, "untilDays", 1, DAYS_MAX)
            + " days from the approval main makes first keys for new links and rotates keys older"
            + " than "
            + number(action, "everyDays", 1, DAYS_MAX)
            + " days by itself, at most "
            + number(action, "maxLinksPerDay", 1, LINKS_MAX)
            + " links a day. Either officer may take this back at any time.");
  }

  @Override
  public CompletableFuture<String> carryOut(Proposal proposal) {
    Optional<StandingApproval> is = standing.current();
    if (is.isPresent() && is.get().id().equals(proposal.id())) {
      return CompletableFuture.completedFuture("in force until " + is.get().until());
    }
    try {
      JsonNode action = ProposedAction.of(proposal);
      Instant until =
          proposal.decidedAt().plus(Duration.ofDays(number(action, "untilDays", 1, DAYS_MAX)));
      StandingApproval next =
          new StandingApproval(
              proposal.id(),
              proposal.proposer(),
              proposal.approver(),
              Duration.ofDays(number(action, "everyDays", 1, DAYS_MAX)),
              number(action, "maxLinksPerDay", 1, LINKS_MAX),
              until,
              "",
              0,
              0);
      return standing.write(next).thenApply(done -> "in force until " + until);
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Optional<StandingApproval> known = standing.current();
    if (known.isEmpty()) {
      return json.put("state", "UNKNOWN");
    }
    StandingApproval is = known.get();
    Instant now = ports.loop().time().now();
    String state = !is.revokedBy().isEmpty() ? "REVOKED" : is.isInForce(now) ? "IN_FORCE" : "ENDED";
    json.put("state", is.isFounding() && state.equals("IN_FORCE") ? "FOUNDING" : state)
        .put("id", is.id())
        .put("proposedBy", is.proposedBy())
        .put("approvedBy", is.approvedBy())
        .put("revokedBy", is.revokedBy());
    if (!is.isFounding()) {
      json.put("everyDays", is.rotateAfter().toDays())
          .put("maxLinksPerDay", is.linksPerDay())
          .put("leftToday", is.left(now))
          .put("until", is.until().toString());
    }
    return json;
  }

  private static int number(JsonNode body, String field, int least, int most) throws ActionRefused {
    JsonNode value = body.path(field);
    if (!value.isInt() || value.asInt() < least || value.asInt() > most) {
      throw ActionRefused.invalid(
          field,
          "Expected a whole number from " + least + " to " + most + " in \"" + field + "\".");
    }
    return value.asInt();
  }
}
