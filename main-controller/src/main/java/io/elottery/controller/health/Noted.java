package io.elottery.controller.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.event.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An event as kept on disk and passed between mains.
 *
 * @param source names what was recorded, whoever numbers it: the same twice is one event
 */
record Noted(Event event, String source) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One line of JSON without its end. */
  String line() {
    try {
      return JSON.writeValueAsString(event.json().put("source", source));
    } catch (JsonProcessingException ours) {
      throw new IllegalStateException("a tree is written", ours);
    }
  }

  static Noted parse(String line) throws MalformedMessage {
    try {
      JsonNode json = JSON.readTree(line);
      return new Noted(Event.parse(json), json.path("source").asText(""));
    } catch (IOException notJson) {
      throw new MalformedMessage("event: not JSON");
    }
  }

  /** Several, a line each. */
  static byte[] bytes(List<Noted> all) {
    StringBuilder lines = new StringBuilder();
    all.forEach(each -> lines.append(each.line()).append('\n'));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  static List<Noted> parse(byte[] lines) throws MalformedMessage {
    List<Noted> all = new ArrayList<>();
    for (String line : new String(lines, StandardCharsets.UTF_8).split("\n")) {
      if (!line.isEmpty()) {
        all.add(parse(line));
      }
    }
    return all;
  }
}
