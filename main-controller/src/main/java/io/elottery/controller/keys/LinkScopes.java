package io.elottery.controller.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.rotation.LinkName;
import io.elottery.keyvault.rotation.RotationScope;
import java.util.Locale;

/** Scopes of links as requests name them, {@code {"worker":"worker-3"}}, and back. */
final class LinkScopes {
  private LinkScopes() {}

  /** Reads one of {@code link}, {@code worker}, {@code hemisphere}, {@code all}. */
  static RotationScope parse(JsonNode scope) throws ActionRefused {
    try {
      if (scope.path("link").isTextual()) {
        return link(scope.path("link").asText());
      }
      if (scope.path("worker").isTextual()) {
        return new RotationScope.OfWorker(NodeId.of(scope.path("worker").asText().strip()));
      }
      if (scope.path("hemisphere").isTextual()) {
        String half = scope.path("hemisphere").asText().strip().toUpperCase(Locale.ROOT);
        return new RotationScope.OfHemisphere(Hemisphere.valueOf(half));
      }
    } catch (IllegalArgumentException outOfForm) {
      throw ActionRefused.invalid("scope", String.valueOf(outOfForm.getMessage()));
    }
    if (scope.path("all").asBoolean(false)) {
      return new RotationScope.All();
    }
    throw ActionRefused.invalid(
        "scope",
        "Expected {\"link\":\"a,b\"}, {\"worker\":\"a\"}, {\"hemisphere\":\"left\"} or"
            + " {\"all\":true}.");
  }

  // "a,b", "a~b" or the whole name of a link.
  private static RotationScope link(String text) {
    String ends = text.indexOf('/') < 0 ? text : text.substring(0, text.indexOf('/'));
    String[] two = ends.split("[,~]", -1);
    if (two.length != 2 || two[0].strip().equals(two[1].strip())) {
      throw new IllegalArgumentException("link \"" + text + "\": expected two workers, \"a,b\"");
    }
    return new RotationScope.OfLink(NodeId.of(two[0].strip()), NodeId.of(two[1].strip()));
  }

  /** As in a request. */
  static ObjectNode json(RotationScope scope) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return scope.match(
        new RotationScope.Cases<ObjectNode>() {
          @Override
          public ObjectNode ofLink(RotationScope.OfLink link) {
            return json.put("link", link.one() + "," + link.other());
          }

          @Override
          public ObjectNode ofWorker(RotationScope.OfWorker worker) {
            return json.put("worker", worker.worker().name());
          }

          @Override
          public ObjectNode ofHemisphere(RotationScope.OfHemisphere half) {
            return json.put("hemisphere", half.hemisphere().name().toLowerCase(Locale.ROOT));
          }

          @Override
          public ObjectNode all(RotationScope.All all) {
            return json.put("all", true);
          }
        });
  }

  /** For a person. */
  static String words(RotationScope scope) {
    return scope.match(
        new RotationScope.Cases<String>() {
          @Override
          public String ofLink(RotationScope.OfLink link) {
            return "links between " + link.one() + " and " + link.other();
          }

          @Override
          public String ofWorker(RotationScope.OfWorker worker) {
            return "links of " + worker.worker();
          }

          @Override
          public String ofHemisphere(RotationScope.OfHemisphere half) {
            return "links of " + half.hemisphere() + "'s workers";
          }

          @Override
          public String all(RotationScope.All all) {
            return "all links";
          }
        });
  }

  /** Whether the scope covers the link. */
  static boolean covers(RotationScope scope, LinkName link, NetworkPlan plan) {
    return scope.match(
        new RotationScope.Cases<Boolean>() {
          @Override
          public Boolean ofLink(RotationScope.OfLink pair) {
            return link.joins(pair.one()) && link.joins(pair.other());
          }

          @Override
          public Boolean ofWorker(RotationScope.OfWorker worker) {
            return link.joins(worker.worker());
          }

          @Override
          public Boolean ofHemisphere(RotationScope.OfHemisphere half) {
            return link.ends().stream()
                .map(plan.workers()::get)
                .anyMatch(place -> place != null && place.hemisphere() == half.hemisphere());
          }

          @Override
          public Boolean all(RotationScope.All all) {
            return true;
          }
        });
  }
}
