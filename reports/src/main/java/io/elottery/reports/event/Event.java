package io.elottery.reports.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.priority.Priority;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * Something that happened and was written down.
 *
 * @param number unique and growing: the fence of the leader who wrote it times {@value
 *     #UNDER_ONE_FENCE}, plus 1, 2, 3 … under that fence
 * @param at the leader's wall clock
 * @param severity how bad it was
 * @param code stable, for programs: a trouble's code, one with {@link #OVER}, or an order's
 * @param subject what it is about: {@code worker-7}, {@code worker-1,worker-2}, {@code LEFT} …
 * @param text one sentence for a person; no secret, no player
 */
public record Event(
    long number, Instant at, Priority severity, String code, String subject, String text) {
  /** Events that one leader numbers under one fence at most. */
  public static final long UNDER_ONE_FENCE = 100_000_000;

  /** What a trouble's code ends with when the trouble is over. */
  public static final String OVER = "_OVER";

  /** The longest text kept. */
  public static final int TEXT_MAX = 1_000;

  /** Checks the number, cuts the text. */
  public Event {
    if (number < 0 || code.isEmpty()) {
      throw new IllegalArgumentException("event " + number + " \"" + code + "\": expected both");
    }
    text = text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX - 1) + "…" : text;
  }

  /** The fence it was written under. */
  public long fence() {
    return number / UNDER_ONE_FENCE;
  }

  /** Whether it says that a trouble ended. */
  public boolean isOver() {
    return code.endsWith(OVER);
  }

  /** The key of the trouble it is about: {@code SERVER_DOWN:worker-7}, begun or over. */
  public String key() {
    String plain = isOver() ? code.substring(0, code.length() - OVER.length()) : code;
    return plain + ":" + subject;
  }

  /** As JSON, always the same fields in the same order. */
  public ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("number", number)
        .put("at", at.toString())
        .put("severity", severity.name())
        .put("code", code)
        .put("subject", subject)
        .put("text", text);
  }

  /**
   * Reads {@link #json}; unknown fields are ignored.
   *
   * @throws MalformedMessage when one of its own is missing or wrong
   */
  public static Event parse(JsonNode json) throws MalformedMessage {
    try {
      return new Event(
          json.path("number").asLong(-1),
          Instant.parse(json.path("at").asText("")),
          Priority.valueOf(json.path("severity").asText("")),
          json.path("code").asText(""),
          json.path("subject").asText(""),
          json.path("text").asText(""));
    } catch (IllegalArgumentException | DateTimeParseException wrong) {
      throw new MalformedMessage("event: " + wrong.getMessage());
    }
  }
}
