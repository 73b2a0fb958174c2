package io.elottery.web.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which handler answers which method and path. Filled by the starting thread, then read only.
 *
 * <p>A pattern is literal but for parts in braces: {@code /api/v1/draws/{game}/{id}}; a literal
 * part beats one in braces. {@code HEAD} is answered by {@code GET}.
 */
public final class RouteTable {
  private final Map<Integer, List<Route>> bySize = new HashMap<>();

  /** Adds a route whose body may be as long as the port's limit. */
  public RouteTable add(String method, String pattern, Handler handler) {
    return add(method, pattern, 0, handler);
  }

  /** Adds a route with a body limit of its own, in bytes; 0 = the port's. */
  public RouteTable add(String method, String pattern, long maxBody, Handler handler) {
    List<String> parts = split(pattern);
    bySize
        .computeIfAbsent(parts.size(), size -> new ArrayList<>())
        .add(new Route(method, parts, maxBody, handler));
    return this;
  }

  /** Finds who answers. */
  public Match find(String method, String path) {
    String asked = method.equals("HEAD") ? "GET" : method;
    List<String> parts = split(path);
    Route best = null;
    for (Route route : bySize.getOrDefault(parts.size(), List.of())) {
      if (route.method.equals(asked)
          && (best == null || route.braces < best.braces)
          && route.fits(parts)) {
        best = route;
      }
    }
    return best == null
        ? new Match(Optional.empty(), Map.of(), 0, allowed(parts))
        : new Match(Optional.of(best.handler), best.params(parts), best.maxBody, List.of());
  }

  private List<String> allowed(List<String> parts) {
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : bySize.getOrDefault(parts.size(), List.of())) {
      if (route.fits(parts)) {
        allowed.add(route.method);
      }
    }
    return List.copyOf(allowed);
  }

  private static List<String> split(String path) {
    return Arrays.asList(path.split("/", -1));
  }

  /**
   * What was found.
   *
   * @param handler empty: nothing here, or only for other methods
   * @param maxBody 0 = the port's limit
   * @param allowed the methods this path has, when none of them was asked for
   */
  public record Match(
      Optional<Handler> handler, Map<String, String> params, long maxBody, List<String> allowed) {}

  private record Route(
      String method, List<String> parts, long maxBody, Handler handler, long braces) {
    Route(String method, List<String> parts, long maxBody, Handler handler) {
      this(method, parts, maxBody, handler, parts.stream().filter(Route::isBrace).count());
    }

    boolean fits(List<String> path) {
      for (int i = 0; i < parts.size(); i++) {
        boolean fits = brace(i) ? !path.get(i).isEmpty() : parts.get(i).equals(path.get(i));
        if (!fits) {
          return false;
        }
      }
      return true;
    }

    Map<String, String> params(List<String> path) {
      Map<String, String> params = new HashMap<>();
      for (int i = 0; i < parts.size(); i++) {
        if (brace(i)) {
          String part = parts.get(i);
          params.put(part.substring(1, part.length() - 1), path.get(i));
        }
      }
      return params;
    }

    private boolean brace(int i) {
      return isBrace(parts.get(i));
    }

    private static boolean isBrace(String part) {
      return part.startsWith("{");
    }
  }
}
