package io.elottery.controller.staff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.keyvault.approval.Proposal;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.JsonRefused;

/** Proposals and their actions as JSON of the staff's calls. */
final class ProposalJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ProposalJson() {}

  /** As a call answers it. */
  static ObjectNode of(Proposal proposal) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", proposal.id())
            .put("kind", proposal.kind())
            .put("state", proposal.state().name())
            .put("words", proposal.words())
            .put("hash", proposal.hash())
            .put("proposer", proposal.proposer())
            .put("at", proposal.at().toString())
            .put("until", proposal.until().toString())
            .put("approver", proposal.approver())
            .put("decidedAt", proposal.decidedAt().toString())
            .put("why", proposal.why());
    json.set("action", action(proposal));
    return json;
  }

  /** The action, to be worked on. */
  static ObjectNode action(Proposal proposal) {
    try {
      JsonNode action = JSON.readTree(proposal.action());
      return action instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    } catch (JsonProcessingException ours) {
      throw new IllegalStateException(proposal.id() + ": its action is canonical JSON", ours);
    }
  }

  /** The action's only text. */
  static String canonical(ObjectNode action) throws ActionRefused {
    try {
      return CanonicalJson.text(CanonicalJson.parse(JSON.writeValueAsBytes(action)));
    } catch (JsonProcessingException | JsonRefused odd) {
      throw ActionRefused.invalid("", "The action has no single text: " + odd.getMessage());
    }
  }
}
