package io.elottery.controller.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Changes of the division as JSON: {@code assign} (worker to half), {@code neighbours} (worker to
 * all it is to have), {@code link} and {@code unlink} ({@code "worker-1,worker-2"}). Pure.
 */
final class PlanJson {
  private PlanJson() {}

  /** What is asked for, against the plan in force; what is so already is left out. */
  static PlanChange read(JsonNode body, NetworkPlan now) throws ActionRefused {
    SortedMap<NodeId, Hemisphere> halves = new TreeMap<>();
    for (Map.Entry<String, JsonNode> one : body.path("assign").properties()) {
      halves.put(worker(one.getKey(), now), half(one.getValue().asText()));
    }
    SortedSet<Pair> pairs = PlanChange.pairs(now);
    for (Map.Entry<String, JsonNode> one : body.path("neighbours").properties()) {
      NodeId id = worker(one.getKey(), now);
      pairs.removeIf(pair -> pair.low().equals(id) || pair.high().equals(id));
      for (JsonNode other : one.getValue()) {
        pairs.add(pair(id, worker(other.asText(), now)));
      }
    }
    for (JsonNode one : body.path("link")) {
      pairs.add(pair(one.asText(), now));
    }
    for (JsonNode one : body.path("unlink")) {
      pairs.remove(pair(one.asText(), now));
    }
    return PlanChange.between(now, plan(now, halves, pairs));
  }

  /** As {@link #read} reads it. */
  static ObjectNode write(PlanChange change) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode assign = json.putObject("assign");
    change.halves().forEach((id, half) -> assign.put(id.name(), half.name()));
    put(json.putArray("link"), change.linked());
    put(json.putArray("unlink"), change.unlinked());
    return json;
  }

  /** What it brings about, and how to type it. */
  static ObjectNode write(PlanEffect effect, PlanChange change) {
    ObjectNode json = write(change);
    put(json.putArray("changes"), effect.changes());
    put(json.putArray("notes"), effect.notes());
    put(json.putArray("breaks"), effect.breaks());
    put(json.putArray("commands"), change.commands());
    return json;
  }

  private static NetworkPlan plan(
      NetworkPlan now, SortedMap<NodeId, Hemisphere> halves, SortedSet<Pair> pairs) {
    Map<NodeId, SortedSet<NodeId>> neighbours = new TreeMap<>();
    for (Pair pair : pairs) {
      neighbours.computeIfAbsent(pair.low(), none -> new TreeSet<>()).add(pair.high());
    }
    Map<NodeId, NetworkPlan.Place> places = new TreeMap<>();
    now.workers()
        .forEach(
            (id, place) ->
                places.put(
                    id,
                    new NetworkPlan.Place(
                        halves.getOrDefault(id, place.hemisphere()),
                        place.location(),
                        neighbours.getOrDefault(id, new TreeSet<>()))));
    return new NetworkPlan(places);
  }

  private static NodeId worker(String name, NetworkPlan now) throws ActionRefused {
    return now.names().stream()
        .filter(id -> id.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ActionRefused.invalid(
                    "worker", "\"" + name + "\" is no worker that stands in network.yaml."));
  }

  private static Hemisphere half(String text) throws ActionRefused {
    for (Hemisphere half : Hemisphere.values()) {
      if (half.name().equals(text.toUpperCase(Locale.ROOT))) {
        return half;
      }
    }
    throw ActionRefused.invalid("assign", "Expected left or right, not \"" + text + "\".");
  }

  private static Pair pair(String text, NetworkPlan now) throws ActionRefused {
    String[] ends = text.split(",", -1);
    if (ends.length != 2) {
      throw ActionRefused.invalid("link", "Expected two workers as \"worker-1,worker-2\".");
    }
    return pair(worker(ends[0].strip(), now), worker(ends[1].strip(), now));
  }

  private static Pair pair(NodeId one, NodeId other) throws ActionRefused {
    if (one.equals(other)) {
      throw ActionRefused.invalid(
          "worker", "Expected two different workers, got " + one + " twice.");
    }
    return Pair.of(one, other);
  }

  private static void put(ArrayNode into, SortedSet<Pair> pairs) {
    pairs.forEach(pair -> into.add(pair.low() + "," + pair.high()));
  }

  private static void put(ArrayNode into, List<String> texts) {
    texts.forEach(into::add);
  }
}
