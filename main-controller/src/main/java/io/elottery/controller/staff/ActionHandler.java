package io.elottery.controller.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.keyvault.approval.Proposal;
import java.util.concurrent.CompletableFuture;

/** One kind of action that takes two people. On main's loop, while this main acts for LEFT. */
public interface ActionHandler {
  /**
   * What the action would do now; called when it is proposed, when it is approved and before it is
   * carried out. Changes nothing.
   *
   * @throws ActionRefused when it cannot be done
   */
  Described describe(ObjectNode action) throws ActionRefused;

  /**
   * Does it; completes with the result in words for the record. Called once by each main that finds
   * it approved and not ended: after a take-over the new leader calls it again with the same
   * proposal. Implementers make the second call harmless by the proposal's id.
   */
  CompletableFuture<String> carryOut(Proposal proposal);
}
