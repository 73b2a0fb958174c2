package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.deploy.outcome.Table;
import java.util.StringJoiner;

/** Keys, plans and rotations as people read them. Pure. */
final class KeyTexts {
  private KeyTexts() {}

  static String list(JsonNode keys) {
    Table table =
        new Table("LINK", "PURPOSE", "EPOCH", "STAGE", "AGE", "CONFIRMED", "STATE", "WHY");
    for (JsonNode key : keys.path("items")) {
      table.row(
          key.path("link").asText(),
          key.path("purpose").asText(),
          key.path("epoch").asText(),
          key.path("stage").asText(),
          Words.age(key.path("ageSeconds").asLong()),
          key.path("confirmed").asText(),
          key.path("state").asText(),
          key.path("why").asText(""));
    }
    return table.text();
  }

  static String plan(JsonNode plan) {
    StringBuilder text = new StringBuilder();
    int number = 1;
    for (JsonNode wave : plan.path("waves")) {
      text.append("wave ").append(number++).append("  ").append(links(wave)).append('\n');
    }
    if (number == 1) {
      text.append("no link would be rotated\n");
    }
    for (JsonNode blocked : plan.path("blocked")) {
      text.append("blocked  ")
          .append(blocked.path("link").asText())
          .append("  ")
          .append(blocked.path("why").asText())
          .append('\n');
    }
    return text.toString();
  }

  /** One line: how far a rotation is. */
  static String progress(JsonNode rotation) {
    String state = rotation.path("state").asText("NONE");
    StringBuilder text = new StringBuilder("rotation ").append(state);
    if (rotation.has("total")) {
      text.append("  ").append(rotation.path("done").asInt());
      text.append(" of ").append(rotation.path("total").asInt()).append(" links");
    }
    if (rotation.has("wave")) {
      text.append(", wave ").append(rotation.path("wave").asInt());
      text.append(" of ").append(rotation.path("waves").size());
    }
    String why = rotation.path("why").asText("");
    return why.isEmpty() ? text.toString() : text + ": " + why;
  }

  static String cut(JsonNode cut) {
    StringBuilder text = new StringBuilder();
    Table table = new Table("LINK", "END", "NOW");
    for (JsonNode link : cut.path("links")) {
      link.path("ends")
          .properties()
          .forEach(
              end -> table.row(link.path("link").asText(), end.getKey(), end.getValue().asText()));
    }
    text.append(table.text());
    String id = cut.path("id").asText();
    return text.append("\nA second officer confirms it within 30 minutes: elottery keys confirm ")
        .append(id)
        .append(" --as NAME\n")
        .toString();
  }

  private static String links(JsonNode wave) {
    StringJoiner joined = new StringJoiner("  ");
    for (JsonNode link : wave.isArray() ? wave : wave.path("links")) {
      joined.add(link.isTextual() ? link.asText() : link.path("link").asText());
    }
    return joined.toString();
  }
}
