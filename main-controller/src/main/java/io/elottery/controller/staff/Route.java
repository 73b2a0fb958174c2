package io.elottery.controller.staff;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A method and a path of literal and named parts: {@code GET /approvals/{id}}.
 *
 * @param parts without the slashes
 */
record Route(String method, List<String> parts) {
  /** Copies. */
  Route {
    parts = List.copyOf(parts);
  }

  /** Reads {@code /approvals/{id}}. */
  static Route of(String method, String pattern) {
    return new Route(method, split(pattern));
  }

  static List<String> split(String path) {
    return List.of((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
  }

  /** What stands for the named parts, when the path fits. */
  Optional<Map<String, String>> match(String otherMethod, List<String> path) {
    if (!method.equals(otherMethod) || parts.size() != path.size()) {
      return Optional.empty();
    }
    Map<String, String> named = new TreeMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (isNamed(part)) {
        named.put(part.substring(1, part.length() - 1), path.get(i));
      } else if (!part.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(named);
  }

  /** How many parts are named; of two that fit, the one with fewer counts. */
  int namedParts() {
    return (int) parts.stream().filter(Route::isNamed).count();
  }

  private static boolean isNamed(String part) {
    return part.startsWith("{") && part.endsWith("}");
  }
}
