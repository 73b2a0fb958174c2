package io.elottery.controller.staff;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.keyvault.approval.Proposal;
import java.util.concurrent.CompletableFuture;

/** One kind of action that takes two people. On main's loop, while this main acts for LEFT. */
public interface ActionHandler {
  /**
   * What the action would do now; called when it is proposed, and again before it is approved and
   * carried out. Changes nothing.
   *
   * @throws ActionRefused when it cannot be done
   */
  Described describe(ObjectNode action) throws ActionRefused;

  /**
   * Does it; completes with the result in words for the record. Called once by each main that finds
   * it approved and not ended: after a take-over the new leader calls it again with the same
   * proposal. Implementers make the second call harmless by the proposal's id. An {@link
   * ActionRefused} of status 503 is tried again; any other failure ends the proposal as FAILED.
   */
  CompletableFuture<String> carryOut(Proposal proposal);

  /**
   * What only the proposer of a done proposal is shown beside it: fields for its JSON. On main's
   * loop.
   */
  default CompletableFuture<ObjectNode> forProposer(Proposal proposal) {
    return CompletableFuture.completedFuture(JsonNodeFactory.instance.objectNode());
  }
}
