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
import io.elottery.heartbeat.registry.RegistryEntry;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.audit.AuditReport;
import io.elottery.keyvault.audit.AuditVerifier;
import io.elottery.keyvault.people.Credentials;
import io.elottery.keyvault.people.StaffBook;
import io.elottery.keyvault.people.StaffBookJson;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.keyvault.vault.SignedStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

/** The staff asks three mains; leaders die in between. */
class StaffTownTest {
  private static final Duration CALM = Duration.ofSeconds(15);
  private static final ObjectMapper JSON = new ObjectMapper();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private Town town;

  @SuppressWarnings("NullAway.Init")
  private Wire.Station gateway;

  private String asked = "main-1";

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
                member("officer1", "Ada Lovelace", StaffRole.OFFICER),
                member("officer2", "Grace Hopper", StaffRole.OFFICER),
                member("ada", "ada lovelace", StaffRole.OFFICER),
                member("auditor", "Emmy Noether", StaffRole.AUDITOR)));
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
    gateway = town.wire.station("web-1", Role.GATEWAY);
    town.wire.pass(CALM);
  }

  @Test
  void twoOfficersAddAMemberWhoSignsInByTheInvitation() throws Exception {
    Answer proposed = add("officer3", "Alan Turing");
    assertThat(proposed.status).isEqualTo(202);
    assertThat(proposed.text("words")).contains("officer3").contains("Alan Turing");
    assertThat(approve("officer1", proposed).text("code")).isEqualTo("SAME_PERSON");
    assertThat(approve("ada", proposed).text("code")).isEqualTo("SAME_PERSON");
    assertThat(approve("auditor", proposed).status).isEqualTo(403);
    assertThat(
            ask("officer2", "POST", path(proposed) + "/approve", json().put("hash", "0".repeat(64)))
                .text("code"))
        .isEqualTo("OTHER_HASH");

    assertThat(approve("officer2", proposed).status).isEqualTo(200);
    town.wire.pass(Duration.ofSeconds(1));

    assertThat(get("officer2", path(proposed)).text("state")).isEqualTo("DONE");
    assertThat(get("officer2", path(proposed)).body.has("invitation")).isFalse();
    String invitation = get("officer1", path(proposed)).text("invitation");
    assertThat(invitation).startsWith("eli-");
    assertThat(get("officer1", path(proposed)).body.has("invitation")).isFalse();
    Answer in = signIn(json().put("invitation", invitation).put("password", "a good passphrase"));
    assertThat(in.status).isEqualTo(201);
    assertThat(signIn(json().put("invitation", invitation).put("password", "a good passphrase")))
        .extracting(Answer::status)
        .isEqualTo(401);
    assertThat(call(in.text("token"), "GET", "/staff/me", json()).text("person"))
        .isEqualTo("Alan Turing");
    assertThat(signIn(json().put("name", "officer3").put("password", "a good passphrase")).status)
        .isEqualTo(201);
    assertThat(signIn(json().put("name", "officer3").put("password", "a bad passphrase")).status)
        .isEqualTo(401);
  }

  @Test
  void everyMainPassesCallsToTheOneThatActs() throws Exception {
    asked = "main-3";

    Answer proposed = add("officer3", "Alan Turing");
    asked = "main-2";

    assertThat(proposed.status).isEqualTo(202);
    assertThat(get("officer2", path(proposed)).text("state")).isEqualTo("PENDING");
    assertThat(get("officer2", "/staff/me").text("name")).isEqualTo("officer2");
    assertThat(call("nobody's", "GET", "/staff", json()).status).isEqualTo(401);
    assertThat(get("officer2", "/nothing").status).isEqualTo(404);
  }

  @Test
  void aTakeOverKeepsProposalsSessionsAndTheTrail() throws Exception {
    Answer proposed = add("officer3", "Alan Turing");
    approve("officer2", proposed);
    town.wire.pass(Duration.ofSeconds(1));
    String invitation = get("officer1", path(proposed)).text("invitation");
    Answer in = signIn(json().put("invitation", invitation).put("password", "a good passphrase"));
    Answer open = add("officer4", "Mary Somerville");

    town.kill("main-1");
    town.wire.pass(CALM);
    asked = "main-2";

    assertThat(call(in.text("token"), "GET", "/staff", json()).body.path("items")).hasSize(5);
    assertThat(get("officer2", path(open)).text("state")).isEqualTo("PENDING");
    assertThat(approve("officer2", open).status).isEqualTo(200);
    town.wire.pass(Duration.ofSeconds(1));
    assertThat(get("officer2", path(open)).text("state")).isEqualTo("DONE");
    assertThat(call(in.text("token"), "DELETE", "/staff/sessions", json()).status).isEqualTo(204);
    assertThat(call(in.text("token"), "GET", "/staff/me", json()).status).isEqualTo(401);

    Answer export = get("auditor", "/audit/export");
    assertThat(verify(export)).isInstanceOf(AuditReport.Holds.class);
    assertThat(get("auditor", "/audit").body.path("items").findValuesAsText("result"))
        .contains("PROPOSED", "APPROVED", "DONE");
    byte[] altered = JSON.writeValueAsBytes(export.body);
    altered[altered.length / 2] ^= 1;
    assertThat(AuditVerifier.verify(altered, Optional.empty()))
        .isInstanceOf(AuditReport.Broken.class);
    town.wire.pass(CALM);
    assertThat(Files.readAllLines(directory.resolve("town/main-2/audit.log")))
        .isEqualTo(Files.readAllLines(directory.resolve("town/main-3/audit.log")))
        .hasSizeGreaterThan(6);
  }

  @Test
  void whoAltersTheTrailInTheRegistryIsFoundAndTheTrailIsPutBack() throws Exception {
    add("officer3", "Alan Turing");
    add("officer4", "Mary Somerville");
    town.wire.pass(CALM); // The others have their copies.
    String segment = "audit/000000000001";
    String lines =
        new String(
            Optional.ofNullable(town.registry.values.get(segment)).orElseThrow().value(),
            StandardCharsets.UTF_8);
    byte[] altered = lines.replace("Mary", "Marx").getBytes(StandardCharsets.UTF_8);
    town.registry.values.put(segment, new RegistryEntry(altered, 0, 0));

    town.kill("main-1");
    town.wire.pass(CALM);
    asked = "main-2";

    assertThat(get("auditor", "/audit").body.toString())
        .contains("Somerville")
        .contains("AUDIT_ALTERED")
        .doesNotContain("Marx");
    assertThat(verify(get("auditor", "/audit/export"))).isInstanceOf(AuditReport.Holds.class);
    assertThat(
            new String(
                Optional.ofNullable(town.registry.values.get(segment)).orElseThrow().value(),
                StandardCharsets.UTF_8))
        .startsWith(lines);
  }

  @Test
  void aDisabledOfficerIsOutAtOnceAndTwoStay() throws Exception {
    assertThat(
            ask("officer1", "POST", "/staff/officer2/disable", json().put("reason", "left"))
                .text("code"))
        .isEqualTo("TOO_FEW_OFFICERS");
    approve("officer2", add("officer3", "Alan Turing"));
    town.wire.pass(Duration.ofSeconds(1));

    assertThat(
            ask("officer1", "POST", "/staff/officer2/disable", json().put("reason", "left")).status)
        .isEqualTo(204);
    assertThat(get("officer2", "/staff/me").status).isEqualTo(401);
    assertThat(get("auditor", "/audit").body.toString()).contains("STAFF_DISABLED");
  }

  @Test
  void guessingAtAPasswordIsSlowedDown() throws Exception {
    int status = 0;
    for (int i = 0; i < 6; i++) {
      status = signIn(json().put("name", "officer1").put("password", "guess " + i)).status;
    }

    assertThat(status).isEqualTo(429);
    town.wire.pass(Duration.ofSeconds(3));
    assertThat(signIn(json().put("name", "officer1").put("password", "guess")).status)
        .isEqualTo(401);
  }

  private Answer add(String name, String person) throws IOException {
    ObjectNode body = json().put("name", name).put("person", person);
    body.putArray("roles").add("officer");
    return ask("officer1", "POST", "/staff", body);
  }

  private Answer approve(String who, Answer proposed) throws IOException {
    return ask(who, "POST", path(proposed) + "/approve", json().put("hash", proposed.text("hash")));
  }

  private Answer get(String who, String path) throws IOException {
    return ask(who, "GET", path, json());
  }

  private Answer ask(String who, String method, String path, ObjectNode body) throws IOException {
    return call("token of " + who, method, path, body);
  }

  private Answer signIn(ObjectNode body) throws IOException {
    return call("", "POST", "/staff/sessions", body);
  }

  private Answer call(String token, String method, String path, ObjectNode body)
      throws IOException {
    ObjectNode call = json().put("token", token).put("method", method).put("path", path);
    call.putObject("query");
    call.set("body", body);
    CompletableFuture<Envelope> answer =
        gateway.board.call(
            NodeId.of(asked),
            new Envelope(
                KeyvaultKinds.STAFF_CALL, KeyvaultKinds.VERSION, JSON.writeValueAsBytes(call)),
            Duration.ofSeconds(30));
    town.wire.pass(Duration.ofMillis(50));
    JsonNode json = JSON.readTree(answer.join().body());
    return new Answer(json.path("status").asInt(), json.path("body"));
  }

  private static AuditReport verify(Answer export) throws IOException {
    return AuditVerifier.verify(
        JSON.writeValueAsBytes(export.body), Optional.of(TestSigner.AUTHORITY.fingerprint()));
  }

  private static String path(Answer proposed) {
    return "/approvals/" + proposed.text("id");
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static StaffMember member(String name, String person, StaffRole role) {
    return StaffMember.of(
        name, person, Set.of(role), Credentials.ofToken(Credentials.digest("token of " + name)));
  }
}
