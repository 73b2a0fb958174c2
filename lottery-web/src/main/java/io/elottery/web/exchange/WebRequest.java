package io.elottery.web.exchange;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A request, wholly received. Used on its executor only.
 *
 * @param params what the route's pattern names, decoded
 * @param query parameters after the {@code ?}, decoded, each in order
 * @param headers the value of a header by its name in any case
 * @param body not copied
 * @param client where it came from, for limits only: an address, never logged with a player
 * @param executor the context on which it is answered; takes work from any thread
 */
public record WebRequest(
    String method,
    String path,
    Map<String, String> params,
    Map<String, List<String>> query,
    Function<String, Optional<String>> headers,
    byte[] body,
    String client,
    Executor executor) {

  /** A part of the path that the route names. */
  public String param(String name) {
    String value = params.get(name);
    if (value == null) {
      throw new IllegalArgumentException(path + " has no part " + name);
    }
    return value;
  }

  /** The first value of a query parameter, unless empty. */
  public Optional<String> query(String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst().filter(v -> !v.isEmpty());
  }

  /** Every query parameter that has a value, the first of each. */
  public Map<String, String> queries() {
    Map<String, String> all = new TreeMap<>();
    query.keySet().forEach(name -> query(name).ifPresent(value -> all.put(name, value)));
    return all;
  }

  /** A header. */
  public Optional<String> header(String name) {
    return headers.apply(name);
  }

  /** A cookie. */
  public Optional<String> cookie(String name) {
    for (String pair : header("Cookie").orElse("").split(";")) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
        return Optional.of(pair.substring(equals + 1).strip());
      }
    }
    return Optional.empty();
  }

  /** The token of {@code Authorization: Bearer …}. */
  public Optional<String> bearer() {
    return header("Authorization")
        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith("bearer "))
        .map(value -> value.substring("bearer ".length()).strip());
  }

  /** Whether the body is of this media type, whatever its parameters. */
  public boolean isOf(String mediaType) {
    String given = header("Content-Type").orElse("");
    int semicolon = given.indexOf(';');
    String type = semicolon < 0 ? given : given.substring(0, semicolon);
    return type.strip().equalsIgnoreCase(mediaType);
  }

  /** The same, for a route that matched. */
  public WebRequest withParams(Map<String, String> matched) {
    return new WebRequest(method, path, matched, query, headers, body, client, executor);
  }
}
