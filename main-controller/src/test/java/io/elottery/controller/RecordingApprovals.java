package io.elottery.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionHandler;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.ApprovedActions;
import io.elottery.controller.staff.Described;
import io.elottery.controller.staff.StaffAnswer;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.people.StaffMember;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Approvals that a test gives itself: described and carried out at once. */
public final class RecordingApprovals implements ApprovedActions {
  private final Map<String, ActionHandler> handlers = new TreeMap<>();

  @Override
  public void on(String kind, ActionHandler handler) {
    handlers.put(kind, handler);
  }

  @Override
  public CompletableFuture<Proposal> propose(StaffMember who, String kind, ObjectNode action) {
    throw new AssertionError("not used");
  }

  @Override
  public CompletableFuture<StaffAnswer> proposeFor(
      StaffMember who, String kind, ObjectNode action) {
    throw new AssertionError("not used");
  }

  @Override
  public Optional<Proposal> proposal(String id) {
    return Optional.empty();
  }

  /** What an approver would read. */
  public String words(String kind, ObjectNode action) throws ActionRefused {
    return handler(kind).describe(action).words();
  }

  /** As if two officers had approved it. */
  public CompletableFuture<String> approved(String kind, ObjectNode action) throws ActionRefused {
    return handler(kind).carryOut(proposal(kind, action, handler(kind).describe(action)));
  }

  /** What only the proposer of a done proposal is shown. */
  public CompletableFuture<ObjectNode> shown(String kind, ObjectNode action) {
    return handler(kind).forProposer(proposal(kind, action, Described.of("done")));
  }

  private static Proposal proposal(String kind, ObjectNode action, Described described) {
    return new Proposal(
        "p-0000000000000001",
        kind,
        action.toString(),
        described.words(),
        described.fingerprint(),
        "officer1",
        Instant.EPOCH,
        Instant.EPOCH.plusSeconds(60),
        Proposal.State.APPROVED,
        "officer2",
        Instant.EPOCH,
        "");
  }

  private ActionHandler handler(String kind) {
    return Objects.requireNonNull(handlers.get(kind), kind);
  }
}
