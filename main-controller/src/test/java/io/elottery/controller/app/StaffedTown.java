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

/** A town that runs, whose staff asks its mains through a gateway. */
final class StaffedTown {
  private static final ObjectMapper JSON = new ObjectMapper();

  final Town town;
  private final Wire.Station gateway;

  /** What a main answered. */
  record Answer(int status, JsonNode body) {
    String text(String field) {
      return body.path(field).asText();
    }
  }

  /** All mains and workers are up and calm: {@code ops}, {@code auditor}, two officers. */
  StaffedTown(Path directory) throws Exception {
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

  Answer ask(String main, String who, String method, String path, ObjectNode body)
      throws IOException {
    CompletableFuture<Envelope> answer = send(main, who, method, path, body);
    town.wire.pass(Duration.ofMillis(50));
    assertThat(answer).as("%s %s is answered", method, path).isDone();
    JsonNode json = JSON.readTree(answer.join().body());
    return new Answer(json.path("status").asInt(), json.path("body"));
  }

  /** Asks and does not wait. */
  CompletableFuture<Envelope> send(
      String main, String who, String method, String path, ObjectNode body) {
    ObjectNode call = json().put("token", "token of " + who).put("method", method);
    call.put("path", path).putObject("query");
    call.set("body", body);
    return gateway.board.call(
        NodeId.of(main),
        new Envelope(
            KeyvaultKinds.STAFF_CALL,
            KeyvaultKinds.VERSION,
            call.toString().getBytes(StandardCharsets.UTF_8)),
        Duration.ofSeconds(30));
  }

  static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static StaffMember member(String name, StaffRole role) {
    return StaffMember.of(
        name, name, Set.of(role), Credentials.ofToken(Credentials.digest("token of " + name)));
  }
}
