package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** Small texts as people read them and addresses need them. */
final class Words {
  private Words() {}

  /** As a part of an address. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The first line, cut short. */
  static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() <= 60 ? line : line.substring(0, 59) + "…";
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

  /** Names in a row; a word for none. */
  static String joined(JsonNode names) {
    StringJoiner joined = new StringJoiner(", ");
    names.forEach(name -> joined.add(name.asText()));
    return joined.length() == 0 ? "-" : joined.toString();
  }
}
