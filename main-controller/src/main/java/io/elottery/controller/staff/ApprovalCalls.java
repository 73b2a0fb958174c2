package io.elottery.controller.staff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.people.StaffRole;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The calls under {@code /approvals}. */
final class ApprovalCalls {
  private static final Set<StaffRole> READERS =
      Set.of(StaffRole.OFFICER, StaffRole.AUDITOR, StaffRole.OPERATIONS);
  private static final Set<StaffRole> OFFICERS = Set.of(StaffRole.OFFICER);
  private static final int REASON_MAX = 300;

  private final ApprovalDesk desk;

  ApprovalCalls(ApprovalDesk desk) {
    this.desk = desk;
  }

  void addTo(StaffCalls calls) {
    calls.add("GET", "/approvals", READERS, this::list);
    calls.add("GET", "/approvals/{id}", READERS, this::one);
    calls.add("POST", "/approvals/{id}/approve", OFFICERS, this::approve);
    calls.add("POST", "/approvals/{id}/reject", OFFICERS, this::reject);
  }

  private CompletableFuture<StaffAnswer> list(StaffRequest request) {
    String state = request.query().getOrDefault("state", "").toUpperCase(Locale.ROOT);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode items = body.putArray("items");
    try {
      List<Proposal> proposals = desk.proposals();
      proposals.stream()
          .filter(proposal -> state.isEmpty() || proposal.state().name().equals(state))
          .map(ProposalJson::of)
          .forEach(items::add);
      return CompletableFuture.completedFuture(StaffAnswer.ok(body));
    } catch (ActionRefused notReady) {
      return CompletableFuture.failedFuture(notReady);
    }
  }

  private CompletableFuture<StaffAnswer> one(StaffRequest request) {
    try {
      desk.proposals(); // Says whether there is anything to look in yet.
    } catch (ActionRefused notReady) {
      return CompletableFuture.failedFuture(notReady);
    }
    Optional<Proposal> found = desk.proposal(request.part("id"));
    if (found.isEmpty()) {
      return CompletableFuture.completedFuture(
          StaffAnswer.notFound("There is no proposal " + request.part("id") + "."));
    }
    Proposal proposal = found.get();
    ObjectNode json = ProposalJson.of(proposal);
    boolean own = proposal.proposer().equals(request.who().name());
    if (!own || proposal.state() != Proposal.State.DONE) {
      return CompletableFuture.completedFuture(StaffAnswer.ok(json));
    }
    return desk.forProposer(proposal).thenApply(more -> StaffAnswer.ok(json.setAll(more)));
  }

  private CompletableFuture<StaffAnswer> approve(StaffRequest request) {
    try {
      String hash = request.required("hash", 64);
      return desk.approve(request.who(), request.part("id"), hash)
          .thenApply(proposal -> StaffAnswer.ok(ProposalJson.of(proposal)));
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private CompletableFuture<StaffAnswer> reject(StaffRequest request) {
    try {
      String reason = request.required("reason", REASON_MAX);
      return desk.reject(request.who(), request.part("id"), reason)
          .thenApply(proposal -> StaffAnswer.ok(ProposalJson.of(proposal)));
    } catch (ActionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }
}
