package io.elottery.web.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A request's JSON object, read field by field; every refusal names the field and what fits. */
public final class JsonBody {
  private final JsonNode json;
  private final String path;

  private JsonBody(JsonNode json, String path) {
    this.json = json;
    this.path = path;
  }

  /**
   * Reads the body as an object with no other fields than these.
   *
   * @throws Unacceptable 415 for another content type, 400 when malformed, 422 for unknown fields
   */
  public static JsonBody of(WebRequest request, String... fields) throws Unacceptable {
    expectJson(request);
    JsonBody body = object(Json.read(request.body()), "");
    Set<String> known = new TreeSet<>(List.of(fields));
    for (String name : body.fields()) {
      if (!known.contains(name)) {
        throw Problem.invalid(
                name.length() <= 40 ? name : name.substring(0, 40) + "…",
                "Unknown field; expected only " + String.join(", ", known) + ".")
            .unacceptable();
      }
    }
    return body;
  }

  /**
   * The body as it is, for somebody else to check its fields.
   *
   * @throws Unacceptable 415 for another content type, 400 when it is no object
   */
  public static ObjectNode whole(WebRequest request) throws Unacceptable {
    expectJson(request);
    if (Json.read(request.body()) instanceof ObjectNode whole) {
      return whole;
    }
    throw Problem.malformed("Expected a JSON object, {…}.").unacceptable();
  }

  private static void expectJson(WebRequest request) throws Unacceptable {
    if (!request.isOf("application/json")) {
      throw Problem.of(
              415,
              "WRONG_CONTENT_TYPE",
              "The content type is not taken here",
              "Expected a body with Content-Type: application/json.")
          .unacceptable();
    }
  }

  private static JsonBody object(JsonNode json, String path) throws Unacceptable {
    if (!json.isObject()) {
      throw path.isEmpty()
          ? Problem.malformed("Expected a JSON object, {…}.").unacceptable()
          : Problem.invalid(path, "Expected an object, {…}.").unacceptable();
    }
    return new JsonBody(json, path);
  }

  /** Whether the field is there and not null. */
  public boolean has(String field) {
    return json.hasNonNull(field);
  }

  /** A text whose length, without blanks around it, is within the bounds. */
  public String text(String field, int min, int max) throws Unacceptable {
    JsonNode value = json.path(field);
    String expected = "Expected a text of " + min + " to " + max + " characters.";
    if (!value.isTextual()) {
      throw invalid(field, expected);
    }
    String text = value.textValue();
    if (text.length() < min || text.length() > max) {
      throw invalid(field, expected);
    }
    return text;
  }

  /** A whole number within the bounds. */
  public long integer(String field, long min, long max) throws Unacceptable {
    JsonNode value = json.path(field);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < min
        || value.longValue() > max) {
      throw invalid(field, "Expected a whole number from " + min + " to " + max + ".");
    }
    return value.longValue();
  }

  /** A time, ISO 8601 in UTC. */
  public Instant instant(String field) throws Unacceptable {
    try {
      return Instant.parse(json.path(field).asText(""));
    } catch (DateTimeParseException wrong) {
      throw invalid(field, "Expected a time in UTC such as 2026-11-21T22:00:00Z.");
    }
  }

  /** A list of objects whose fields are the caller's to check, at most {@code most} of them. */
  public List<JsonBody> objects(String field, int most) throws Unacceptable {
    JsonNode list = list(field, most);
    List<JsonBody> objects = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      objects.add(object(list.get(i), at(field) + "[" + i + "]"));
    }
    return objects;
  }

  /** A list of whole numbers that fit an int, at most {@code most} of them. */
  public List<Integer> integers(String field, int most) throws Unacceptable {
    JsonNode list = list(field, most);
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode number : list) {
      if (!number.isIntegralNumber() || !number.canConvertToInt()) {
        throw invalid(field, "Expected whole numbers only.");
      }
      numbers.add(number.intValue());
    }
    return numbers;
  }

  /** The names of the fields that are there. */
  public List<String> fields() {
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** A text, if the field is there. */
  public Optional<String> optionalText(String field, int min, int max) throws Unacceptable {
    return has(field) ? Optional.of(text(field, min, max)) : Optional.empty();
  }

  /** A refusal about a field of this object. */
  public Unacceptable invalid(String field, String detail) {
    return Problem.invalid(at(field), detail).unacceptable();
  }

  private JsonNode list(String field, int most) throws Unacceptable {
    JsonNode list = json.path(field);
    if (!list.isArray() || list.size() > most) {
      throw invalid(field, "Expected a list, […], of at most " + most + " items.");
    }
    return list;
  }

  private String at(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
