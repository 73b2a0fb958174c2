package io.elottery.reports.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Whether a draw sells and can be drawn, and on whom that rests.
 *
 * @param state as its shard says; empty when it did not answer
 * @param sells whether it takes wagers now
 * @param drawable whether nothing stands in the way of drawing it
 * @param shard that holds it
 * @param writer of that shard
 * @param replicas of that shard with main's verdict on each
 */
public record DrawStanding(
    Optional<String> state,
    boolean sells,
    boolean drawable,
    int shard,
    Optional<String> writer,
    List<Replica> replicas) {
  /** Copies. */
  public DrawStanding {
    replicas = List.copyOf(replicas);
  }

  /** A replica and what main concludes about its server. */
  public record Replica(String server, String verdict) {}

  ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("state", state.orElse(null))
            .put("sells", sells)
            .put("canBeDrawn", drawable)
            .put("shard", shard)
            .put("writer", writer.orElse(null));
    ArrayNode list = json.putArray("replicas");
    replicas.forEach(
        each -> list.addObject().put("id", each.server()).put("verdict", each.verdict()));
    return json;
  }
}
