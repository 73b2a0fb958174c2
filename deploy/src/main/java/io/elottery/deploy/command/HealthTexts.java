package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Main's words about health as lines for a terminal. */
final class HealthTexts {
  private static final String INDENT = "  ";

  private HealthTexts() {}

  /** What is wrong: each cause with its impact and next step, and what follows from it counted. */
  static String troubles(JsonNode items) {
    if (items.isEmpty()) {
      return "No trouble is known.\n";
    }
    Map<String, JsonNode> all = new HashMap<>();
    items.forEach(item -> all.put(item.path("key").asText(), item));
    Map<String, Map<String, Integer>> following = new HashMap<>();
    for (JsonNode item : items) {
      String root = root(item, all);
      if (!root.equals(item.path("key").asText())) {
        following
            .computeIfAbsent(root, none -> new TreeMap<>())
            .merge(item.path("code").asText(), 1, Integer::sum);
      }
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode item : items) {
      String key = item.path("key").asText();
      if (root(item, all).equals(key)) {
        trouble(item, following.getOrDefault(key, Map.of()), text);
      }
    }
    return text.toString();
  }

  private static void trouble(JsonNode item, Map<String, Integer> explains, StringBuilder text) {
    text.append(item.path("severity").asText())
        .append(INDENT)
        .append(item.path("code").asText())
        .append(INDENT)
        .append(item.path("subject").asText())
        .append(INDENT)
        .append("since ")
        .append(item.path("since").asText())
        .append('\n');
    line(text, "", item.path("what").asText());
    JsonNode mute = item.path("mute");
    if (mute.isObject()) {
      line(
          text,
          "Muted: ",
          "by "
              + mute.path("by").asText()
              + " until "
              + mute.path("until").asText()
              + ": "
              + mute.path("reason").asText());
    }
    line(text, "Impact: ", item.path("impact").asText());
    if (!explains.isEmpty()) {
      StringJoiner counts = new StringJoiner(", ");
      explains.forEach((code, count) -> counts.add(count + " × " + code));
      line(text, "Explains: ", counts.toString());
    }
    line(text, "Done: ", item.path("done").asText());
    line(text, "Next: ", item.path("next").asText());
  }

  /** One thing in full. */
  static String explanation(JsonNode is) {
    StringBuilder text = new StringBuilder();
    String severity = is.path("severity").asText("");
    text.append(is.path("subject").asText())
        .append(INDENT)
        .append(is.path("code").asText())
        .append(severity.isEmpty() || severity.equals("null") ? "" : INDENT + severity)
        .append(INDENT)
        .append("since ")
        .append(is.path("since").asText())
        .append('\n');
    line(text, "", is.path("what").asText());
    section(text, "Impact", is.path("impact"));
    section(text, "Why", is.path("cause"));
    section(text, "Who saw what", is.path("evidence"));
    section(text, "Done", is.path("done"));
    section(text, "Next", is.path("next"));
    if (!is.path("events").isEmpty()) {
      text.append("\nLast events\n");
      is.path("events").forEach(event -> line(text, "", event(event)));
    }
    return text.toString();
  }

  static String events(JsonNode page) {
    StringBuilder text = new StringBuilder();
    page.path("items").forEach(event -> text.append(event(event)).append('\n'));
    return text.isEmpty() ? "(none)\n" : text.toString();
  }

  /** One line. */
  static String event(JsonNode event) {
    return String.format(
        "%s  %-8s  %-20s  %-20s  %s  [%d]",
        event.path("at").asText(),
        event.path("severity").asText(),
        event.path("code").asText(),
        event.path("subject").asText(),
        event.path("text").asText(),
        event.path("number").asLong());
  }

  private static String root(JsonNode item, Map<String, JsonNode> all) {
    Set<String> seen = new HashSet<>();
    JsonNode at = item;
    while (seen.add(at.path("key").asText()) && all.containsKey(at.path("cause").asText())) {
      at = all.getOrDefault(at.path("cause").asText(), at);
    }
    return at.path("key").asText();
  }

  private static void section(StringBuilder text, String title, JsonNode words) {
    if (words.isArray() ? words.isEmpty() : words.asText().isEmpty()) {
      return;
    }
    text.append('\n').append(title).append('\n');
    if (words.isArray()) {
      words.forEach(each -> line(text, "- ", each.asText()));
    } else {
      line(text, "", words.asText());
    }
  }

  private static void line(StringBuilder text, String label, String words) {
    if (!words.isEmpty()) {
      text.append(INDENT).append(label).append(words).append('\n');
    }
  }
}
