package io.elottery.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.TestSigner;
import io.elottery.controller.Wire;
import io.elottery.foundation.id.Hemisphere;
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
import io.elottery.reports.roster.RosterWorker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A division is suggested, proposed and approved; everybody follows while the network runs. */
class DivisionTownTest {
  private static final ObjectMapper JSON = new ObjectMapper();

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
  void approvedDivisionAppliesLiveAndSurvivesATakeOver() throws Exception {
    ObjectNode asked = json();
    asked.putObject("assign").put("worker-1", "right").put("worker-2", "left");
    asked.putArray("link").add("worker-1,worker-3");
    Answer effect = ask("main-1", "ops", "POST", "/servers/division/effect", asked);
    assertThat(effect.body.path("breaks")).isEmpty();
    assertThat(effect.body.path("commands").get(0).asText())
        .isEqualTo("elottery servers assign worker-1 right");

    Answer proposed = ask("main-1", "officer1", "POST", "/servers/division", asked);
    assertThat(proposed.status).isEqualTo(202);
    approve(proposed, "officer2");
    town.wire.pass(Duration.ofSeconds(5));

    assertThat(seen("worker-4", "worker-1").hemisphere()).isEqualTo(Hemisphere.RIGHT);
    assertThat(seen("worker-4", "worker-2").hemisphere()).isEqualTo(Hemisphere.LEFT);
    assertThat(seen("worker-4", "worker-1").neighbours()).contains(NodeId.of("worker-3"));

    town.kill("main-1");
    town.wire.pass(Duration.ofSeconds(20));
    assertThat(seen("worker-4", "worker-1").hemisphere()).isEqualTo(Hemisphere.RIGHT);
    town.kill("worker-1");
    town.wire.pass(Duration.ofSeconds(10));
    assertThat(ask("main-2", "ops", "GET", "/troubles", json()).body.toString())
        .contains("SERVER_DOWN:worker-1");
  }

  @Test
  void suggestionIsProposedAsOnePlan() throws Exception {
    Answer suggested = ask("main-1", "ops", "GET", "/servers/suggest", json());
    assertThat(suggested.status).isEqualTo(200);
    assertThat(suggested.body.path("link")).hasSize(2);
    assertThat(suggested.body.path("assign")).isEmpty();

    Answer proposed =
        ask("main-1", "officer1", "POST", "/servers/division", (ObjectNode) suggested.body);
    approve(proposed, "officer2");
    town.wire.pass(Duration.ofSeconds(5));

    for (String worker : Town.workerNames()) {
      assertThat(seen("worker-1", worker).neighbours()).hasSize(3);
    }
    assertThat(ask("main-1", "ops", "GET", "/servers/suggest", json()).body.path("commands"))
        .isEmpty();
  }

  @Test
  void planThatChangedMeanwhileIsNotApproved() throws Exception {
    ObjectNode first = json();
    first.putArray("link").add("worker-1,worker-3");
    ObjectNode second = json();
    second.putArray("link").add("worker-2,worker-4");
    Answer older = ask("main-1", "officer1", "POST", "/servers/division", first);
    approve(ask("main-1", "officer1", "POST", "/servers/division", second), "officer2");
    town.wire.pass(Duration.ofSeconds(1));

    assertThat(approve(older, "officer2").status).isEqualTo(409);
  }

  private Answer approve(Answer proposed, String who) throws IOException {
    String path = "/approvals/" + proposed.text("id") + "/approve";
    return ask("main-1", who, "POST", path, json().put("hash", proposed.text("hash")));
  }

  private RosterWorker seen(String by, String worker) {
    return Optional.ofNullable(town.workers.get(by))
        .orElseThrow()
        .roster
        .worker(NodeId.of(worker))
        .orElseThrow();
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
