package io.elottery.controller.staff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.keyvault.approval.Proposal;

/** The action of a proposal as JSON again. */
public final class ProposedAction {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ProposedAction() {}

  /** What the proposer asked for. */
  public static ObjectNode of(Proposal proposal) {
    try {
      return (ObjectNode) JSON.readTree(proposal.action());
    } catch (JsonProcessingException ours) {
      throw new IllegalStateException("action of " + proposal.id() + " is no JSON", ours);
    }
  }
}
