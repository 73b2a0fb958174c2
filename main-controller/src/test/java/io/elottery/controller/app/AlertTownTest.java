package io.elottery.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.TestSigner;
import io.elottery.controller.Wire;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.Envelope;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.people.Credentials;
import io.elottery.keyvault.people.StaffBook;
import io.elottery.keyvault.people.StaffBookJson;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.vault.SignedStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations mutes and registers webhooks at three mains; the acting one dies in between. */
class AlertTownTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String URL = "https://pager.example.org/hook/0815";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private Town town;

  @SuppressWarnings("NullAway.Init")
  private Wire.Station gateway;

  private record Answer(int status, JsonNode body) {
    String text(String field) {
      return body.path(field).asText();
    }
  }

  @BeforeEach
  void init() throws Exception {
    StaffBook book =
        StaffBook.of(
            List.of(
                member("ops", StaffRole.OPERATIONS),
                member("auditor", StaffRole.AUDITOR),
                member("officer1", StaffRole.OFFICER),
                member("officer2", StaffRole.OFFICER)));
    byte[] first =
        SignedStore.first(
            StaffBookJson.RECORD, StaffBookJson.write(book), new TestSigner(NodeId.of("main-1")));
    town =
        new Town(
            directory.resolve("town"),
            NewVault.make(directory, Map.of(StaffBookJson.RECORD, first)));
    for (String main : Town.MAINS) {
      town.bringUp(main);
    }
    for (String worker : Town.workerNames()) {
      town.bringUp(worker);
    }
    gateway = town.wire.station("web-1", Role.GATEWAY);
    town.wire.pass(Duration.ofSeconds(15));
  }

  @Test
  void downWorkerIsAlertedOnceOverATakeOver() throws Exception {
    Answer made = ask("main-1", "ops", "POST", "/webhooks/alerts", json().put("url", URL));
    assertThat(made.status).isEqualTo(201);
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
    Answer list = ask("main-2", "auditor", "GET", "/webhooks/alerts", json());
    assertThat(list.body.toString())
        .contains("\"waiting\":0")
        .doesNotContain("whsec")
        .doesNotContain("0815");
  }

  @Test
  void mutedTroubleIsShownAndDoesNotAlertAlsoAfterATakeOver() throws Exception {
    town.kill("worker-2");
    town.wire.pass(Duration.ofSeconds(10));
    ObjectNode asked =
        json().put("subject", "worker-2").put("seconds", 3_600).put("reason", "moved house");
    assertThat(ask("main-1", "auditor", "POST", "/mutes", asked).status).isEqualTo(403);
    Answer mute = ask("main-1", "ops", "POST", "/mutes", asked);
    assertThat(mute.status).isEqualTo(201);

    ask("main-1", "ops", "POST", "/webhooks/alerts", json().put("url", URL));
    town.kill("main-1");
    town.wire.pass(Duration.ofSeconds(20));

    assertThat(alerts("trouble", "\"subject\":\"worker-2\"")).isZero();
    assertThat(trouble("main-3", "worker-2").path("mute").path("reason").asText())
        .isEqualTo("moved house");
    String path = "/mutes/" + mute.text("id");
    assertThat(ask("main-2", "ops", "DELETE", path, json()).status).isEqualTo(204);
    assertThat(ask("main-2", "ops", "DELETE", path, json()).status).isEqualTo(404);
    town.wire.pass(Duration.ofSeconds(5));
    assertThat(alerts("trouble.begun", "\"key\":\"SERVER_DOWN:worker-2\"")).isEqualTo(1);
    assertThat(ask("main-2", "auditor", "GET", "/audit", json()).body.toString())
        .contains("MUTE_BEGUN", "MUTE_ENDED", "WEBHOOK_ADDED", "moved house")
        .doesNotContain("0815");
  }

  @Test
  void requestsThatMakeNoSenseAreExplained() throws Exception {
    ObjectNode nothing =
        json().put("subject", "worker-1").put("seconds", 60).put("reason", "why not");
    assertThat(ask("main-1", "ops", "POST", "/mutes", nothing).text("code"))
        .isEqualTo("NO_TROUBLE");
    assertThat(
            ask("main-1", "ops", "POST", "/mutes", nothing.deepCopy().put("seconds", 604_801))
                .text("field"))
        .isEqualTo("seconds");
    assertThat(
            ask("main-1", "ops", "POST", "/webhooks/alerts", json().put("url", "http://10.0.0.1"))
                .text("field"))
        .isEqualTo("url");
  }

  @Test
  void webhookIsTestedAndRemoved() throws Exception {
    Answer made = ask("main-1", "officer1", "POST", "/webhooks/alerts", json().put("url", URL));
    String path = "/webhooks/alerts/" + made.text("id");

    Answer tested = ask("main-1", "ops", "POST", path + "/test", json());
    assertThat(tested.body.path("delivered").asBoolean()).isTrue();
    assertThat(town.alerts.get(0)).contains("alert.test");

    assertThat(ask("main-1", "ops", "DELETE", path, json()).status).isEqualTo(204);
    assertThat(ask("main-1", "ops", "POST", path + "/test", json()).status).isEqualTo(404);
  }

  private long alerts(String type, String of) {
    return town.alerts.stream()
        .filter(alert -> alert.startsWith(URL + " "))
        .filter(alert -> alert.contains("\"type\":\"" + type) && alert.contains(of))
        .count();
  }

  private JsonNode trouble(String main, String subject) throws IOException {
    for (JsonNode item : ask(main, "ops", "GET", "/troubles", json()).body.path("items")) {
      if (item.path("key").asText().equals("SERVER_DOWN:" + subject)) {
        return item;
      }
    }
    return json();
  }

  private Answer ask(String main, String who, String method, String path, ObjectNode body)
      throws IOException {
    ObjectNode call = json().put("token", "token of " + who).put("method", method);
    call.put("path", path).putObject("query");
    call.set("body", body);
    CompletableFuture<Envelope> answer =
        gateway.board.call(
            NodeId.of(main),
            new Envelope(
                KeyvaultKinds.STAFF_CALL,
                KeyvaultKinds.VERSION,
                call.toString().getBytes(StandardCharsets.UTF_8)),
            Duration.ofSeconds(30));
    town.wire.pass(Duration.ofMillis(50));
    JsonNode json = JSON.readTree(answer.join().body());
    return new Answer(json.path("status").asInt(), json.path("body"));
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static StaffMember member(String name, StaffRole role) {
    return StaffMember.of(
        name, name, Set.of(role), Credentials.ofToken(Credentials.digest("token of " + name)));
  }
}
