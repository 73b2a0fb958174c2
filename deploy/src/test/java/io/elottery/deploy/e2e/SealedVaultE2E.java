package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network whose vault opens by key pieces, as {@code docs/security-officer.md} walks through it:
 * four officers open it, one loses a piece, new pieces are made, the old ones are refused. Then, as
 * it is a cluster of its own, a worker dies for good and one is removed.
 */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class SealedVaultE2E {
  private static final Duration START_MAX = Duration.ofMinutes(6);
  private static final Duration SOON = Duration.ofMinutes(2);

  private static final String RING_GRACE = "3s";

  private final Map<String, String> tokens = new TreeMap<>();
  private Site staff = new Site("http://127.0.0.1:1");
  private Path directory = Path.of("");
  private Path pieces = Path.of("");

  @BeforeAll
  void init(@TempDir Path root) throws IOException {
    directory = root.resolve("network");
    pieces = root.resolve("pieces");
    LocalCluster.run(
        START_MAX,
        "init",
        "--dir",
        directory.toString(),
        "--workers",
        "4",
        "--gateways",
        "1",
        "--port",
        "0",
        "--staff-port",
        "0",
        "--pieces",
        "3",
        "--threshold",
        "2",
        "--pieces-to",
        pieces.toString());
    for (String main : List.of("main-1", "main-2", "main-3")) {
      Files.writeString(
          directory.resolve(main).resolve("main.yaml"),
          "ring.grace: " + RING_GRACE + "\n",
          StandardOpenOption.APPEND);
    }
  }

  @AfterAll
  void down() throws IOException {
    LocalCluster.run(START_MAX, "down", "--dir", directory.toString());
  }

  @Test
  @Order(1)
  void fourOfficersOpenTheVaultAndReplaceLostPieces() throws Exception {
    CompletableFuture<String> up =
        CompletableFuture.supplyAsync(() -> LocalCluster.up(directory, START_MAX));
    try {
      LocalCluster cluster = new LocalCluster(directory);
      staff = new Site(cluster.description().path("staff").asText());
      signIn(cluster, "officer1", "officer2");
      awaitState("officer1", "network", "SEALED");

      assertThat(vault().path("state").asText()).isEqualTo("RED");
      awaitSomethingWaits();

      signUp("officer3");
      signUp("officer4");
      give(pieces, "network", "officer1", "officer2");
      give(pieces, "left", "officer1", "officer3");
      assertThat(given("officer1", piece(pieces, "right", 1)).status()).isGreaterThanOrEqualTo(400);
      give(pieces, "right", "officer2", "officer4");
      awaitState("officer1", "right", "OPEN");
      up.join();
      assertThat(vault().path("state").asText()).isEqualTo("GREEN");

      Map<String, List<String>> fresh = renew();
      assertThat(given("officer1", piece(pieces, "network", 1)).status())
          .as("an old piece")
          .isGreaterThanOrEqualTo(400);
      assertThat(post("officer1", "/vault/seal", "{}").status()).isLessThan(300);
      awaitState("officer1", "network", "SEALED");
      cluster.awaitVerdict("worker-1", "UP", SOON);
      giveTexts(fresh.getOrDefault("network", List.of()), "officer1", "officer2");
      awaitState("officer1", "network", "OPEN");
    } finally {
      up.exceptionally(never -> "").join();
    }
  }

  @Test
  @Order(2)
  void deadWorkerIsReplacedAndAWorkerWithoutCopiesIsRemoved() throws Exception {
    new Departure(new LocalCluster(directory)).replacedThenRemoved();
  }

  private void signIn(LocalCluster cluster, String... names) {
    for (String name : names) {
      tokens.put(name, cluster.description().path("signIns").path(name).path("token").asText());
    }
  }

  // Proposed by the first officer, approved by the second, taken up by the new one.
  private void signUp(String name) throws IOException, InterruptedException {
    String body =
        "{\"name\":\"" + name + "\",\"person\":\"P. " + name + "\",\"roles\":[\"officer\"]}";
    String id = proposed("/staff", body).path("id").asText();
    approve(id);
    String invitation =
        expect(staff.get("/api/v1/approvals/" + id, token("officer1"))).path("invitation").asText();
    assertThat(invitation).isNotEmpty();
    JsonNode session =
        expect(
            staff.post(
                "/api/v1/staff/sessions",
                "",
                "{\"invitation\":\""
                    + invitation
                    + "\",\"password\":\"a long one "
                    + name
                    + "\"}"));
    tokens.put(name, session.path("token").asText());
  }

  private Map<String, List<String>> renew() throws IOException, InterruptedException {
    JsonNode proposal = proposed("/vault/pieces/renew", "{\"pieces\":3,\"threshold\":2}");
    approve(proposal.path("id").asText());
    assertThat(post("officer2", "/vault/pieces/show", "{}").status()).isEqualTo(404);
    JsonNode shown = expect(post("officer1", "/vault/pieces/show", "{}"));
    assertThat(post("officer1", "/vault/pieces/show", "{}").status()).as("twice").isEqualTo(404);
    Map<String, List<String>> fresh = new TreeMap<>();
    shown
        .path("pieces")
        .properties()
        .forEach(
            part -> {
              List<String> texts = new ArrayList<>();
              part.getValue().forEach(text -> texts.add(text.asText()));
              fresh.put(part.getKey(), texts);
            });
    return fresh;
  }

  // The same proposed twice is one proposal: where main cannot say, it is asked again.
  private JsonNode proposed(String path, String body) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Site.Reply reply = post("officer1", path, body);
    while (reply.status() / 100 == 5 && System.nanoTime() - began < SOON.toNanos()) {
      Pause.millis(500);
      reply = post("officer1", path, body);
    }
    return expect(reply);
  }

  private void approve(String id) throws IOException, InterruptedException {
    String path = "/api/v1/approvals/" + id;
    String hash = expect(staff.get(path, token("officer2"))).path("hash").asText();
    expect(staff.post(path + "/approve", token("officer2"), "{\"hash\":\"" + hash + "\"}"));
    long began = System.nanoTime();
    while (!expect(staff.get(path, token("officer2"))).path("state").asText().equals("DONE")) {
      assertThat(Duration.ofNanos(System.nanoTime() - began)).as(id).isLessThan(SOON);
      Pause.millis(200);
    }
  }

  private void give(Path pieces, String compartment, String first, String second)
      throws IOException {
    giveTexts(List.of(piece(pieces, compartment, 1), piece(pieces, compartment, 2)), first, second);
  }

  private void giveTexts(List<String> pieces, String first, String second) throws IOException {
    expect(given(first, pieces.get(0)));
    expect(given(second, pieces.get(1)));
  }

  private Site.Reply given(String who, String piece) throws IOException {
    return post(who, "/vault/unseal", "{\"piece\":\"" + piece + "\"}");
  }

  private static String piece(Path directory, String compartment, int number) throws IOException {
    try (var files = Files.list(directory)) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().contains(compartment))
              .filter(path -> path.getFileName().toString().contains("-" + number + "-of-"))
              .findFirst()
              .orElseThrow();
      return Files.readString(file).strip();
    }
  }

  private void awaitState(String who, String compartment, String state)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    String last = "";
    while (Duration.ofNanos(System.nanoTime() - began).compareTo(SOON) < 0) {
      try {
        Site.Reply reply = staff.get("/api/v1/vault/status", token(who));
        last = reply.text();
        JsonNode mains = reply.json().path("mains");
        boolean all = reply.status() == 200 && mains.size() == 3;
        for (JsonNode main : mains) {
          all &= main.path("compartments").path(compartment).path("state").asText().equals(state);
        }
        if (all) {
          return;
        }
      } catch (IOException notUpYet) {
        last = notUpYet.toString();
      }
      Pause.millis(300);
    }
    throw new AssertionError(compartment + " is not " + state + " on all mains: " + last);
  }

  // Named as soon as a server or a half has asked for what is sealed.
  private void awaitSomethingWaits() throws IOException, InterruptedException {
    long began = System.nanoTime();
    while (vault().path("waits").isEmpty()) {
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
      Pause.millis(300);
    }
  }

  private JsonNode vault() throws IOException {
    return expect(staff.get("/api/v1/vault/status", token("officer1")));
  }

  private Site.Reply post(String who, String path, String body) throws IOException {
    return staff.post("/api/v1" + path, token(who), body);
  }

  private String token(String who) {
    return tokens.getOrDefault(who, "");
  }

  private static JsonNode expect(Site.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isBetween(200, 299);
    return reply.json();
  }
}
