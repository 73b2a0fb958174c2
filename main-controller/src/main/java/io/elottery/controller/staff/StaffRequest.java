package io.elottery.controller.staff;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.keyvault.people.StaffMember;
import java.util.Map;
import java.util.Optional;

/**
 * A call of somebody who signed in and may make it.
 *
 * @param who makes it
 * @param path what stood for {@code {name}} in the pattern, by name
 * @param query by name
 * @param body an object; empty when none was sent
 */
public record StaffRequest(
    StaffMember who, Map<String, String> path, Map<String, String> query, JsonNode body) {
  /** Copies the maps. */
  public StaffRequest {
    path = Map.copyOf(path);
    query = Map.copyOf(query);
  }

  /** A part of the path that the pattern names. */
  public String part(String name) {
    return Optional.ofNullable(path.get(name)).orElseThrow();
  }

  /** A field of text in the body. */
  public Optional<String> text(String field) {
    return Optional.ofNullable(body.get(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  /** A field of text that must be there, not blank, at most so long. */
  public String required(String field, int lengthMax) throws ActionRefused {
    String text = text(field).orElse("").strip();
    if (text.isEmpty() || text.length() > lengthMax) {
      throw ActionRefused.invalid(
          field, "Expected text of 1 to " + lengthMax + " characters in \"" + field + "\".");
    }
    return text;
  }
}
