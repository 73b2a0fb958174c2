package io.elottery.controller.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.people.StaffMember;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** {@link ApprovedActions} of the main that acts for LEFT. On main's loop. */
public final class ApprovalDesk implements ApprovedActions {
  private final Map<String, ActionHandler> handlers = new TreeMap<>();

  @Override
  public void on(String kind, ActionHandler handler) {
    handlers.put(kind, handler);
  }

  @Override
  public CompletableFuture<Proposal> propose(StaffMember who, String kind, ObjectNode action) {
    return CompletableFuture.failedFuture(
        ActionRefused.conflict("NOT_READY", kind + " cannot be proposed yet."));
  }

  @Override
  public CompletableFuture<StaffAnswer> proposeFor(
      StaffMember who, String kind, ObjectNode action) {
    return propose(who, kind, action).thenApply(made -> StaffAnswer.accepted(action));
  }

  @Override
  public Optional<Proposal> proposal(String id) {
    return Optional.empty();
  }
}
