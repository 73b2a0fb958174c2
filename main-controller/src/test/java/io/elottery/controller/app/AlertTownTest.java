package io.elottery.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations mutes and registers webhooks at three mains; the acting one dies in between. */
class AlertTownTest {
  private static final String URL = "https://pager.example.org/hook/0815";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private Town town;

  @SuppressWarnings("NullAway.Init")
  private StaffedTown staff;

  @BeforeEach
  void init() throws Exception {
    staff = new StaffedTown(directory);
    town = staff.town;
  }

  @Test
  void downWorkerIsAlertedOnceOverATakeOver() throws Exception {
    StaffedTown.Answer made =
        staff.ask("main-1", "ops", "POST", "/webhooks/alerts", StaffedTown.json().put("url", URL));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("secret")).startsWith("whsec_");
    assertThat(made.text("host")).isEqualTo("https://pager.example.org");

    town.kill("worker-2");
    town.wire.pass(Duration.ofSeconds(10));
    assertThat(alerts("trouble.begun", "\"key\":\"SERVER_DOWN:worker-2\"")).isEqualTo(1);

    town.kill("main-1");
    town.wire.pass(Duration.ofSeconds(20));
    assertThat(alerts("trouble.begun", "\"key\":\"SERVER_DOWN:worker-2\"")).isEqualTo(1);

    town.bringUp("worker-2");
    town.wire.pass(Duration.ofSeconds(60));
    assertThat(alerts("trouble.ended", "\"key\":\"SERVER_DOWN:worker-2\"")).isEqualTo(1);
    StaffedTown.Answer list =
        staff.ask("main-2", "auditor", "GET", "/webhooks/alerts", StaffedTown.json());
    assertThat(list.body().toString())
        .contains("\"waiting\":0")
        .doesNotContain("whsec")
        .doesNotContain("0815");
  }

  @Test
  void mutedTroubleIsShownAndDoesNotAlertAlsoAfterATakeOver() throws Exception {
    town.kill("worker-2");
    town.wire.pass(Duration.ofSeconds(10));
    ObjectNode asked =
        StaffedTown.json()
            .put("subject", "worker-2")
            .put("seconds", 3_600)
            .put("reason", "moved house");
    assertThat(staff.ask("main-1", "auditor", "POST", "/mutes", asked).status()).isEqualTo(403);
    StaffedTown.Answer mute = staff.ask("main-1", "ops", "POST", "/mutes", asked);
    assertThat(mute.status()).isEqualTo(201);

    staff.ask("main-1", "ops", "POST", "/webhooks/alerts", StaffedTown.json().put("url", URL));
    town.kill("main-1");
    town.wire.pass(Duration.ofSeconds(20));

    assertThat(alerts("trouble", "\"subject\":\"worker-2\"")).isZero();
    assertThat(trouble("main-3", "worker-2").path("mute").path("reason").asText())
        .isEqualTo("moved house");
    String path = "/mutes/" + mute.text("id");
    assertThat(staff.ask("main-2", "ops", "DELETE", path, StaffedTown.json()).status())
        .isEqualTo(204);
    assertThat(staff.ask("main-2", "ops", "DELETE", path, StaffedTown.json()).status())
        .isEqualTo(404);
    town.wire.pass(Duration.ofSeconds(5));
    assertThat(alerts("trouble.begun", "\"key\":\"SERVER_DOWN:worker-2\"")).isEqualTo(1);
    assertThat(
            staff.ask("main-2", "auditor", "GET", "/audit", StaffedTown.json()).body().toString())
        .contains("MUTE_BEGUN", "MUTE_ENDED", "WEBHOOK_ADDED", "moved house")
        .doesNotContain("0815");
  }

  @Test
  void requestsThatMakeNoSenseAreExplained() throws Exception {
    ObjectNode nothing =
        StaffedTown.json().put("subject", "worker-1").put("seconds", 60).put("reason", "why not");
    assertThat(staff.ask("main-1", "ops", "POST", "/mutes", nothing).text("code"))
        .isEqualTo("NO_TROUBLE");
    assertThat(
            staff
                .ask("main-1", "ops", "POST", "/mutes", nothing.deepCopy().put("seconds", 604_801))
                .text("field"))
        .isEqualTo("seconds");
    assertThat(
            staff
                .ask(
                    "main-1",
                    "ops",
                    "POST",
                    "/webhooks/alerts",
                    StaffedTown.json().put("url", "http://10.0.0.1"))
                .text("field"))
        .isEqualTo("url");
  }

  @Test
  void webhookIsTestedAndRemoved() throws Exception {
    StaffedTown.Answer made =
        staff.ask(
            "main-1", "officer1", "POST", "/webhooks/alerts", StaffedTown.json().put("url", URL));
    String path = "/webhooks/alerts/" + made.text("id");

    StaffedTown.Answer tested =
        staff.ask("main-1", "ops", "POST", path + "/test", StaffedTown.json());
    assertThat(tested.body().path("delivered").asBoolean()).isTrue();
    assertThat(town.alerts.get(0)).contains("alert.test");

    assertThat(staff.ask("main-1", "ops", "DELETE", path, StaffedTown.json()).status())
        .isEqualTo(204);
    assertThat(staff.ask("main-1", "ops", "POST", path + "/test", StaffedTown.json()).status())
        .isEqualTo(404);
  }

  private long alerts(String type, String of) {
    return town.alerts.stream()
        .filter(alert -> alert.startsWith(URL + " "))
        .filter(alert -> alert.contains("\"type\":\"" + type) && alert.contains(of))
        .count();
  }

  private JsonNode trouble(String main, String subject) throws IOException {
    for (JsonNode item :
        staff.ask(main, "ops", "GET", "/troubles", StaffedTown.json()).body().path("items")) {
      if (item.path("key").asText().equals("SERVER_DOWN:" + subject)) {
        return item;
      }
    }
    return StaffedTown.json();
  }
}
