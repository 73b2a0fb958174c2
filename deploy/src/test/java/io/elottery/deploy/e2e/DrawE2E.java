package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A draw from its first ticket to its certificate, and the check that anybody can do. */
@Tag("e2e")
final class DrawE2E {
  @Test
  void aDrawIsClosedDrawnCertifiedAndVerifiedOffline() throws Exception {
    LocalCluster cluster = LocalCluster.get();
    Site site = cluster.site();
    String draw = cluster.openDraw("TOR", Duration.ofHours(1));
    try (Sales sales = Sales.start(site, draw, 3)) {
      sales.awaitMore(40, Duration.ofSeconds(20));
    }

    String guest = guest(site);
    String key = "guest-" + System.nanoTime();
    Site.Reply bought = site.buy(draw, guest, key, "{\"quickPick\":1}");
    // 202 where the machine is slow: then the ticket's address tells.
    assertThat(bought.status()).as(bought.text()).isIn(201, 202);

    JsonNode result = cluster.drawn(draw);

    assertThat(result.path("numbers").path("main")).hasSize(5);
    assertThat(result.path("numbers").path("bonus")).hasSize(1);
    String ticket = bought.json().path("ticket").asText();
    awaitState(site, "/api/v1/tickets/" + ticket, guest, "WON", "LOST");
    assertThat(site.buy(draw, guest, key, "{\"quickPick\":1}").status()).isEqualTo(200);
    Path bundle = cluster.directory().resolve("bundle.json");
    Path parties = cluster.directory().resolve("parties.json");
    Files.writeString(bundle, site.get("/api/v1/draws/" + draw + "/bundle", "").text());
    Files.writeString(parties, site.get("/api/v1/parties", "").text());
    assertThat(cluster.elottery("verify", bundle.toString(), "--parties", parties.toString()))
        .contains("LEFT", "RIGHT", "AUDITOR");
    String game = draw.substring(0, draw.indexOf('/'));
    String id = draw.substring(draw.indexOf('/') + 1);
    assertThat(cluster.elottery("draws", "history", game, id))
        .containsSubsequence("OPENED", "COMMITTED", "CLOSED", "REVEALED", "DRAWN", "CERTIFIED");
    assertThat(cluster.elottery("draws", "search", id, "--branch", "TOR"))
        .containsSubsequence(id, "CERTIFIED", "main ");
  }

  // Of a branch that has shards of its own: its stake travels between writers.
  private static String guest(Site site) throws Exception {
    String name = "guest-" + System.nanoTime();
    String who = "{\"branch\":\"OTW\",\"name\":\"" + name + "\",\"password\":\"a long word\"}";
    assertThat(site.post("/api/v1/players", "", who).status()).isEqualTo(201);
    return site.post("/api/v1/sessions", "", who).json().path("token").asText();
  }

  private static void awaitState(Site site, String path, String token, String... states)
      throws Exception {
    long began = System.nanoTime();
    Site.Reply reply = site.get(path, token);
    while (!List.of(states).contains(reply.json().path("state").asText())) {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as(reply.text())
          .isLessThan(Duration.ofSeconds(20));
      Pause.millis(100);
      reply = site.get(path, token);
    }
  }
}
