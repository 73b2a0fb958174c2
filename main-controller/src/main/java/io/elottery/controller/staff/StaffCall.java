package io.elottery.controller.staff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.KeyvaultKinds;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A call as it came over a trunk.
 *
 * @param token who asks: a secret
 * @param path without {@code /api/v1}
 */
record StaffCall(
    String token, String method, String path, Map<String, String> query, JsonNode body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "/api/v1";

  /** Reads the message. */
  static StaffCall from(Envelope envelope) throws MalformedMessage {
    try {
      JsonNode json = JSON.readTree(envelope.body());
      if (json == null || !json.isObject()) {
        throw new MalformedMessage("staff call: expected an object");
      }
      Map<String, String> query = new TreeMap<>();
      json.path("query").properties().forEach(e -> query.put(e.getKey(), e.getValue().asText()));
      JsonNode body = json.path("body");
      String path = json.path("path").asText("");
      return new StaffCall(
          json.path("token").asText(""),
          json.path("method").asText("GET"),
          path.startsWith(API) ? path.substring(API.length()) : path,
          query,
          body.isObject() ? body : JsonNodeFactory.instance.objectNode());
    } catch (IOException notJson) {
      throw new MalformedMessage("staff call: not JSON");
    }
  }

  /** The answer as a message. */
  static Envelope envelope(StaffAnswer answer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("status", answer.status());
    json.set("body", answer.body());
    try {
      return new Envelope(
          KeyvaultKinds.STAFF_ANSWER, KeyvaultKinds.VERSION, JSON.writeValueAsBytes(json));
    } catch (JsonProcessingException ours) {
      throw new IllegalStateException("a tree is written", ours);
    }
  }

  /** Without token and body: either may be a secret. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
