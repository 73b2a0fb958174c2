package io.elottery.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    Site.Reply closed =
        site.post("/api/v1/draws/" + draw + "/close", cluster.operatorToken(), "{}");
    assertThat(closed.status()).as(closed.text()).isIn(200, 202);
    JsonNode result = awaitCertified(site, draw);

    assertThat(result.path("numbers").path("main")).hasSize(5);
    assertThat(result.path("numbers").path("bonus")).hasSize(1);
    Path bundle = cluster.directory().resolve("bundle.json");
    Path parties = cluster.directory().resolve("parties.json");
    Files.writeString(bundle, site.get("/api/v1/draws/" + draw + "/bundle", "").text());
    Files.writeString(parties, site.get("/api/v1/parties", "").text());
    assertThat(cluster.elottery("verify", bundle.toString(), "--parties", parties.toString()))
        .contains("LEFT", "RIGHT", "AUDITOR");
  }

  private static JsonNode awaitCertified(Site site, String draw) throws Exception {
    long began = System.nanoTime();
    Site.Reply reply = site.get("/api/v1/draws/" + draw + "/result", "");
    while (!reply.json().path("state").asText().equals("CERTIFIED")) {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as(reply.text())
          .isLessThan(Duration.ofSeconds(40));
      Pause.millis(200);
      reply = site.get("/api/v1/draws/" + draw + "/result", "");
    }
    return reply.json();
  }
}
