package io.elottery.deploy.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.lottery.checker.Proof;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The public API as anybody outside uses it. Thread-safe; waits for each answer. */
final class PublicApi {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(15);
  // What is shown of a ticket beside its receipt.
  private static final List<String> BESIDE = List.of("state", "currency", "prize");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final String base;

  /**
   * @param base {@code http://host:port}
   */
  PublicApi(String base) {
    this.base = base;
  }

  /** An answer; its body as JSON, missing when it is none. */
  record Reply(int status, JsonNode json) {
    boolean isGood() {
      return status / 100 == 2;
    }

    /** The code of a problem. */
    String code() {
      return json.path("code").asText("status-" + status);
    }
  }

  Reply get(String path, String token) throws IOException {
    return send("GET", path, token, Optional.empty(), "");
  }

  /**
   * @param key the idempotency key; empty for none
   */
  Reply post(String path, String token, JsonNode body, String key) throws IOException {
    return send("POST", path, token, Optional.of(body.toString()), key);
  }

  private Reply send(String method, String path, String token, Optional<String> body, String key)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER).header("Accept", "*/*");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key);
    }
    body.ifPresent(json -> request.header("Content-Type", "application/json"));
    request.method(
        method,
        body.map(HttpRequest.BodyPublishers::ofString)
            .orElseGet(HttpRequest.BodyPublishers::noBody));
    try {
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(response.statusCode(), json(response.body()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode node = JSON.readTree(body);
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
  }

  /** What is compared of a receipt, alone or with what is shown beside it. */
  static Proof proof(JsonNode receipt) {
    try {
      ObjectNode alone = receipt.deepCopy();
      alone.remove(BESIDE);
      Object sorted = JSON.convertValue(alone, TreeMap.class);
      byte[] bytes = JSON.writeValueAsString(sorted).getBytes(StandardCharsets.UTF_8);
      return Proof.of(position(receipt), receipt.path("price").asLong(), bytes);
    } catch (IOException impossible) {
      throw new IllegalStateException("a tree is always writable", impossible);
    }
  }

  /** The same of a ticket in a list, which has no signature. */
  static Proof listed(JsonNode ticket) {
    return Proof.unseen(position(ticket), ticket.path("price").asLong());
  }

  private static long position(JsonNode receipt) {
    return receipt.path("position").asLong(-1);
  }
}
