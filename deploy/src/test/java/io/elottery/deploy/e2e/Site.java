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
import org.jspecify.annotations.Nullable;

/** A client of the public API, as somebody outside would write one. Thread-safe. */
final class Site {
  private static final ObjectMapper JSON = new ObjectMapper();

  // One for all: a client brings a thread and connections of its own.
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

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
    return send("GET", path, token, null, Map.of());
  }

  Reply post(String path, String token, String body) throws IOException {
    return send("POST", path, token, body, Map.of());
  }

  Reply put(String path, String token, String body) throws IOException {
    return send("PUT", path, token, body, Map.of());
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
