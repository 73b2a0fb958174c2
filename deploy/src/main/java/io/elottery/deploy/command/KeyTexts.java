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
    for (JsonNode cut : keys.path("cuts")) {
      table.row(cut.path("id").asText(), "cut", "-", "CUT", "-", confirmed(cut), "RED", words(cut));
    }
    return table.text();
  }

  /** All cuts, the latest first. */
  static String cuts(JsonNode cuts) {
    Table table = new Table("ID", "WHAT", "AT", "BY", "CONFIRMED", "LIFTED BY", "REASON");
    for (JsonNode cut : cuts.path("items")) {
      String lifted = cut.path("liftedBy").asText("");
      table.row(
          cut.path("id").asText(),
          cut.path("target").asText(),
          cut.path("at").asText(),
          cut.path("by").asText(),
          confirmed(cut),
          lifted.isEmpty() ? "-" : lifted,
          cut.path("reason").asText());
    }
    return table.text();
  }

  private static String confirmed(JsonNode cut) {
    String by = cut.path("confirmedBy").asText("");
    return !by.isEmpty() ? by : cut.path("overdue").asBoolean() ? "OVERDUE" : "not yet";
  }

  private static String words(JsonNode cut) {
    return cut.path("target").asText() + ": " + cut.path("reason").asText();
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
    int done = 0;
    int total = 0;
    int wave = 0;
    for (JsonNode each : rotation.path("waves")) {
      int before = done;
      int size = 0;
      for (JsonNode line : each.isArray() ? each : each.path("links")) {
        done += line.path("state").asText().equals("DONE") ? 1 : 0;
        size++;
      }
      wave += done - before == size ? 1 : 0;
      total += size;
    }
    StringBuilder text = new StringBuilder("rotation ").append(state);
    if (total > 0) {
      text.append("  ").append(done).append(" of ").append(total).append(" links, ");
      text.append(wave).append(" of ").append(rotation.path("waves").size()).append(" waves done");
    }
    String why = rotation.path("why").asText("");
    return why.isEmpty() ? text.toString() : text + ": " + why;
  }

  static String cut(JsonNode cut) {
    StringBuilder text = new StringBuilder();
    Table table = new Table("LINK", "END", "NOW");
    for (JsonNode end : cut.path("ends")) {
      table.row(end.path("link").asText(), end.path("end").asText(), end.path("state").asText());
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
