package io.elottery.deploy.cluster;

import java.util.List;

/** Text of a YAML file of dotted keys, as our servers read it. */
final class ConfigText {
  private final StringBuilder text = new StringBuilder();

  /** With a comment on top. */
  ConfigText(String comment) {
    text.append("# ").append(comment).append('\n');
  }

  ConfigText put(String key, Object value) {
    text.append(key).append(": ").append(quoted(value.toString())).append('\n');
    return this;
  }

  ConfigText put(String key, List<?> values) {
    text.append(key).append(":\n");
    values.forEach(value -> text.append("  - ").append(quoted(value.toString())).append('\n'));
    return this;
  }

  String text() {
    return text.toString();
  }

  // Double quotes: nothing in a value is taken for anything but text.
  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
