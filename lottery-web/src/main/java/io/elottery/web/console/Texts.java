package io.elottery.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Main's JSON as words on a page. Pure. */
final class Texts {
  private Texts() {}

  /** A field's text; empty when it is not there or null. */
  static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isNull() || value.isMissingNode() ? "" : value.asText();
  }

  /** A list of names. */
  static List<String> list(JsonNode json) {
    List<String> names = new ArrayList<>();
    json.forEach(name -> names.add(name.asText()));
    return names;
  }

  /** {@code KEYS_ROTATE} as one reads it: {@code Keys rotate}. */
  static String words(String code) {
    String lower = code.toLowerCase(Locale.ROOT).replace('_', ' ');
    return lower.isEmpty()
        ? ""
        : lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
  }

  /** {@code worker-1~worker-2/neighbour} as one reads it. */
  static String link(String text) {
    int slash = text.indexOf('/');
    return (slash < 0 ? text : text.substring(0, slash)).replaceAll("[~,]", " – ");
  }

  /** A duration as its largest unit. */
  static String age(long seconds) {
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 2 * 3600) {
      return seconds / 60 + " min";
    }
    return seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
  }
}
