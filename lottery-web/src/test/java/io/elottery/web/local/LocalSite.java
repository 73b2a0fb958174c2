package io.elottery.web.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.metrics.ProcessMetrics;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.web.SiteAssembly;
import io.elottery.web.config.WebConfig;
import io.elottery.web.staff.NetworkView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** The real HTTP server before a {@link LocalLottery}, on free ports, with a client. */
public final class LocalSite implements AutoCloseable {
  /** A staff token that may change things. */
  public static final String OPERATIONS = "operations-token";

  /** A staff token that may only look. */
  public static final String AUDITOR = "auditor-token";

  /** A security officer's. */
  public static final String OFFICER = "officer-token";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROUNDS = 10; // Of password hashing: tests need no strength.
  private static final String PICTURE =
      "{\"hemispheres\":{\"LEFT\":{\"leader\":\"main-1\",\"fence\":3,\"substitutes\":[\"main-3\"],"
          + "\"covers\":[\"LEFT\"]},\"RIGHT\":{\"leader\":\"main-2\",\"fence\":4,\"substitutes\":"
          + "[],\"covers\":[\"RIGHT\"]}},\"workers\":["
          + worker(1, "LEFT", "UP", "worker-2")
          + ","
          + worker(2, "LEFT", "DOWN", "worker-1")
          + ","
          + worker(3, "LEFT", "UP", "worker-4")
          + ","
          + worker(4, "RIGHT", "SUSPECT", "worker-3")
          + ","
          + worker(5, "RIGHT", "UP", "worker-4")
          + ","
          + worker(6, "RIGHT", "UP", "worker-5")
          + "],\"shards\":[{\"id\":0,\"writer\":\"worker-1\",\"replicas\":[\"worker-1\"]}]}";

  private static final AtomicInteger DRAWS = new AtomicInteger();

  private final LocalOffice office =
      new LocalOffice()
          .knows(OPERATIONS, "ops", "operations")
          .knows(AUDITOR, "checker", "auditor")
          .knows(OFFICER, "officer1", "officer");
  private final LocalLottery lottery;
  private final SiteAssembly site;
  private final HttpClient client = HttpClient.newHttpClient();

  /** Started, with powerball and lotto649. */
  public LocalSite(Path dir, Map<String, String> config) {
    lottery = new LocalLottery(LocalLottery.game("powerball"), LocalLottery.game("lotto649"));
    Map<String, String> values = new TreeMap<>();
    values.put("node.name", "gateway-1");
    values.put("node.dir", dir.toString());
    values.put("mains", "main-1@127.0.0.1:1");
    values.put("http.listen", "127.0.0.1:0");
    values.put("staff.listen", "127.0.0.1:0");
    values.put("players.welcomeCredit", "10,000.00");
    values.putAll(config);
    NetworkView network =
        () -> CompletableFuture.completedFuture(PICTURE.getBytes(StandardCharsets.UTF_8));
    site =
        new SiteAssembly(
            config(values),
            new SiteAssembly.Ports(
                lottery,
                network,
                office,
                new SystemTime(),
                new SecureRandomSource(),
                ProcessMetrics.of(NodeId.of("gateway-1"), Role.GATEWAY)),
            ROUNDS);
    lottery.start();
    site.start();
  }

  /** With the defaults. */
  public LocalSite(Path dir) {
    this(dir, Map.of());
  }

  /** The lottery behind. */
  public LocalLottery lottery() {
    return lottery;
  }

  /** Main's desk for the staff. */
  public LocalOffice office() {
    return office;
  }

  /** {@code http://127.0.0.1:port}. */
  public String url() {
    return "http://" + site.site();
  }

  /** The staff port's. */
  public String staffUrl() {
    return "http://" + site.staff();
  }

  @Override
  public void close() {
    site.close();
    lottery.close();
  }

  /** An answer. */
  public record Reply(int status, Map<String, String> headers, String text) {
    /** Its body as JSON. */
    public JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException broken) {
        throw new UncheckedIOException(text, broken);
      }
    }

    /** A header by its lower-case name; empty when it is not there. */
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** Sends anything to any of the ports. */
  public Reply send(String method, String url, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .method(method, BodyPublishers.ofByteArray(body))
            .timeout(Duration.ofSeconds(10));
    headers.forEach(request::header);
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      Map<String, String> found = new TreeMap<>();
      answer.headers().map().forEach((name, all) -> found.put(name, String.join("\n", all)));
      return new Reply(answer.statusCode(), found, answer.body());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** A GET on the public port. */
  public Reply get(String path, String token) {
    return send("GET", url() + path, bearer(token), new byte[0]);
  }

  /** JSON to the public port. */
  public Reply post(String path, String token, String json) {
    return json("POST", url() + path, token, json);
  }

  /** JSON to a port. */
  public Reply json(String method, String url, String token, String json) {
    Map<String, String> headers = bearer(token);
    headers.put("Content-Type", "application/json");
    return send(method, url, headers, json.getBytes(StandardCharsets.UTF_8));
  }

  /** Buys with a key. */
  public Reply buy(String draw, String token, String key, String json) {
    Map<String, String> headers = bearer(token);
    headers.put("Content-Type", "application/json");
    headers.put("Idempotency-Key", key);
    return send(
        "POST",
        url() + "/api/v1/draws/" + draw + "/tickets",
        headers,
        json.getBytes(StandardCharsets.UTF_8));
  }

  /** Signs a new player up and in; the token. */
  public String player(String branch, String name) {
    String id = post("/api/v1/players", "", body(branch, name)).json().path("id").asText();
    return post("/api/v1/sessions", "", "{\"id\":\"" + id + "\",\"password\":\"correct horse\"}")
        .json()
        .path("token")
        .asText();
  }

  /** A sign-up. */
  public static String body(String branch, String name) {
    return "{\"branch\":\"%s\",\"name\":\"%s\",\"password\":\"correct horse\"}"
        .formatted(branch, name);
  }

  /** Opens a draw of Toronto that sells; {@code game/id}. */
  public String draw(String game, Duration open) {
    return draw(game, open, 1000);
  }

  /** Opens a draw of Toronto that sells; {@code game/id}. */
  public String draw(String game, Duration open, int capacity) {
    Instant closes = Instant.now().plus(open);
    String day = DateTimeFormatter.ofPattern("ddMMyy").withZone(ZoneOffset.UTC).format(closes);
    String draw = game + "/TORE" + day + "-" + (100 + DRAWS.incrementAndGet());
    Reply opened =
        json(
            "PUT",
            staffUrl() + "/api/v1/draws/" + draw,
            OPERATIONS,
            "{\"capacity\":" + capacity + ",\"closesAt\":\"" + closes + "\"}");
    if (opened.status() != 201) {
      throw new AssertionError(opened.text());
    }
    Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .until(() -> get("/api/v1/draws/" + draw, "").json().path("onSale").asBoolean());
    return draw;
  }

  private static Map<String, String> bearer(String token) {
    Map<String, String> headers = new TreeMap<>();
    if (!token.isEmpty()) {
      headers.put("Authorization", "Bearer " + token);
    }
    return headers;
  }

  private static WebConfig config(Map<String, String> values) {
    try {
      ConfigSource source = ConfigSource.of(values);
      WebConfig config = WebConfig.from(source);
      source.done();
      return config;
    } catch (ConfigRefused refused) {
      throw new AssertionError(refused);
    }
  }

  private static String worker(int number, String half, String verdict, String neighbour) {
    return "{\"id\":\"worker-%d\",\"hemisphere\":\"%s\",\"verdict\":\"%s\",\"since\":\"2026-11-21T00:00:00Z\",\"behind\":null,\"evidence\":[\"heard by worker-9\"],\"neighbours\":[\"%s\"]}"
        .formatted(number, half, verdict, neighbour);
  }
}
