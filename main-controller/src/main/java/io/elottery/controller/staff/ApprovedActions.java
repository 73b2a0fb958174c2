package io.elottery.controller.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.keyvault.people.StaffMember;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Actions that one officer proposes and another approves. On main's loop. */
public interface ApprovedActions {
  /** Adds a kind of action; before the first election. */
  void on(String kind, ActionHandler handler);

  /**
   * Proposes it. Completes once it is recorded, exceptionally with {@link ActionRefused}. The same
   * officer proposing the same again gets the open proposal.
   */
  CompletableFuture<Proposal> propose(StaffMember who, String kind, ObjectNode action);

  /** {@link #propose} answered as 202 with the proposal. */
  CompletableFuture<StaffAnswer> proposeFor(StaffMember who, String kind, ObjectNode action);

  /** A proposal, open or ended not too long ago. */
  Optional<Proposal> proposal(String id);
}
