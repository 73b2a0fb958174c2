package io.elottery.foundation.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value somebody wrote.
 *
 * @param items one for a scalar, any number for a list
 * @param from for people: file and line, variable or flag
 * @param base what a relative path in it is relative to; null: the working directory
 */
record Given(List<String> items, boolean isList, String from, @Nullable Path base) {
  Given {
    items = List.copyOf(items);
  }

  static Given scalar(String value, String from, @Nullable Path base) {
    return new Given(List.of(value), false, from, base);
  }

  String text() {
    return String.join(",", items);
  }

  /** The items; those of a scalar are separated by commas. */
  List<String> split() {
    if (isList) {
      return items;
    }
    return java.util.Arrays.stream(text().split(","))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
