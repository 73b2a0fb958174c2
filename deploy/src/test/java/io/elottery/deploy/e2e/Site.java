package io.elottery.deploy.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A client of the public API, as somebody outside would write one: told by 503 to come again, it
 * does so for a while. Buying and {@link #send} hand on whatever is answered. Thread-safe.
 */
final class Site {
  private static final ObjectMapper JSON = new ObjectMapper();

  // One for all: a client brings a thread and connections of its own.
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration AGAIN = Duration.ofMillis(300);

  private final String base;

  /**
   * @param base {@code http://host:port}
   */
  Site(String base) {
    this.base = base;
  }

  /** An answer: status, body as JSON (missing when it is none) and as text. */
  record Reply(int status, JsonNode json, String text, Map<String, String> headers) {}

  Reply get(String path, String token) throws IOException {
    return persist("GET", path, token, null);
  }

  Reply post(String path, String token, String body) throws IOException {
    return persist("POST", path, token, body);
  }

  Reply put(String path, String token, String body) throws IOException {
    return persist("PUT", path, token, body);
  }

  // What may have been done is asked for again only where that changes nothing.
  private Reply persist(String method, String path, String token, @Nullable String body)
      throws IOException {
    long began = System.nanoTime();
    while (true) {
      Reply reply = send(method, path, token, body, Map.of());
      boolean passing =
          reply.status == 503
              && reply.headers.containsKey("Retry-After")
              && !(method.equals("POST") && reply.text.contains("OUTCOME_UNKNOWN"));
      if (!passing || System.nanoTime() - began > PATIENCE.toNanos()) {
        return reply;
      }
      LockSupport.parkNanos(AGAIN.toNanos());
    }
  }

  /** Sends a ticket under its key. */
  Reply buy(String draw, String token, String key, String body) throws IOException {
    return send(
        "POST", "/api/v1/draws/" + draw + "/tickets", token, body, Map.of("Idempotency-Key", key));
  }

  Reply send(
      String method, String path, String token, @Nullable String body, Map<String, String> headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(15));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    headers.forEach(request::header);
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    try {
      HttpResponse<String> response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      Map<String, String> flat = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      response.headers().map().forEach((name, values) -> flat.put(name, values.get(0)));
      return new Reply(response.statusCode(), json(response.body()), response.body(), flat);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private static JsonNode json(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
  }
}
