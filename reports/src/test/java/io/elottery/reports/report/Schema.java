package io.elottery.reports.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * As much of JSON Schema 2020-12 as the published schemas use; a keyword it does not know is an
 * objection, so that nothing is passed over.
 */
public final class Schema {
  private static final Set<String> KNOWN =
      Set.of(
          "$schema",
          "$id",
          "$defs",
          "$ref",
          "title",
          "description",
          "type",
          "required",
          "properties",
          "items",
          "enum",
          "const",
          "minimum",
          "maximum",
          "maxItems",
          "pattern",
          "format");

  private final JsonNode root;

  private Schema(JsonNode root) {
    this.root = root;
  }

  /** Reads one. */
  public static Schema read(Path file) throws IOException {
    return new Schema(new ObjectMapper().readTree(file.toFile()));
  }

  /** What of the value is not as the schema says; also fields that it does not name. */
  public List<String> objections(JsonNode value) {
    List<String> found = new ArrayList<>();
    check("$", root, value, found);
    return found;
  }

  private void check(String at, JsonNode schema, JsonNode value, List<String> found) {
    if (schema.has("$ref")) {
      String name = schema.path("$ref").asText().replace("#/$defs/", "");
      check(at, root.path("$defs").path(name), value, found);
    }
    schema.fieldNames().forEachRemaining(key -> object(!KNOWN.contains(key), at, key, found));
    object(!isType(schema.path("type").asText(), value), at, "type", found);
    object(schema.has("const") && !schema.get("const").equals(value), at, "const", found);
    object(schema.has("enum") && !contains(schema.get("enum"), value), at, "enum", found);
    object(value.asDouble() < schema.path("minimum").asDouble(value.asDouble()), at, "min", found);
    object(value.asDouble() > schema.path("maximum").asDouble(value.asDouble()), at, "max", found);
    object(value.size() > schema.path("maxItems").asInt(value.size()), at, "maxItems", found);
    boolean odd =
        schema.has("pattern")
            && !Pattern.compile(schema.get("pattern").asText()).matcher(value.asText()).find();
    object(odd, at, "pattern", found);
    object(schema.has("format") && !isTime(value.asText()), at, "format", found);
    for (JsonNode name : schema.path("required")) {
      object(!value.has(name.asText()), at, "required " + name.asText(), found);
    }
    if (schema.has("properties")) {
      value
          .properties()
          .forEach(
              field -> {
                String path = at + "." + field.getKey();
                JsonNode inner = schema.path("properties").path(field.getKey());
                object(inner.isMissingNode(), path, "not named", found);
                check(path, inner, field.getValue(), found);
              });
    }
    if (schema.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        check(at + "[" + i + "]", schema.get("items"), value.get(i), found);
      }
    }
  }

  private static void object(boolean wrong, String at, String what, List<String> found) {
    if (wrong) {
      found.add(at + ": " + what);
    }
  }

  private static boolean isType(String type, JsonNode value) {
    return switch (type) {
      case "" -> true;
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      default -> false;
    };
  }

  private static boolean contains(JsonNode all, JsonNode value) {
    for (JsonNode each : all) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTime(String text) {
    try {
      return Instant.parse(text) != null;
    } catch (DateTimeException wrong) {
      return false;
    }
  }
}
