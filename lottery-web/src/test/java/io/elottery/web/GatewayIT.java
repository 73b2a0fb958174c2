package io.elottery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.ca.CertificateRefused;
import io.elottery.keyvault.enrol.EnrolReply;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.keyvault.revocation.Revocation;
import io.elottery.keyvault.revocation.RevocationList;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.call.CommandCall;
import io.elottery.ledger.call.Response;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.ring.RingBuilder;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.roster.RosterMain;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.web.local.LocalLottery;
import io.elottery.web.local.LocalNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway between a main and a worker, over real trunks. */
final class GatewayIT {
  private static final NodeId MAIN = NodeId.of("main-1");
  private static final NodeId WORKER = NodeId.of("worker-1");

  private final Path dir;
  private final RandomSource random = new SecureRandomSource();
  private final NettyRuntime runtime = new NettyRuntime(2);
  private final LocalLottery lottery = new LocalLottery(LocalLottery.game("powerball"));
  private final CertificateAuthority authority =
      CertificateAuthority.create("test", random, new SystemTime());
  private final LocalNode main;
  private final LocalNode worker;
  private final AtomicInteger renewals = new AtomicInteger();
  private final PublicKey workerKey;
  private final Address mainAddress;
  private final Address workerAddress;

  GatewayIT(@TempDir Path dir) throws Exception {
    this.dir = dir;
    runtime.start();
    lottery.start();
    NodeKeys workerKeys = keys(WORKER, Role.WORKER);
    workerKey = workerKeys.certificate().orElseThrow().getPublicKey();
    worker = new LocalNode(workerKeys, runtime);
    worker.switchboard().serve(LedgerKinds.COMMAND, this::ledger);
    worker.switchboard().serve(LedgerKinds.QUERY, this::ledger);
    workerAddress = worker.start();
    main = new LocalNode(keys(MAIN, Role.MAIN), runtime);
    main.switchboard().serve(KeyvaultKinds.ENROL, this::enrol);
    main.switchboard().serve(ReportsKinds.ANNOUNCE, this::announced);
    main.switchboard()
        .serve(
            ReportsKinds.NETWORK,
            (from, request, answer) ->
                answer.reply(
                    new Envelope(
                        ReportsKinds.NETWORK_VIEW,
                        ReportsKinds.VERSION,
                        "{\"workers\":[]}".getBytes(StandardCharsets.UTF_8))));
    main.switchboard().serve(KeyvaultKinds.STAFF_CALL, this::staff);
    mainAddress = main.start();
  }

  @AfterEach
  void close() {
    main.close();
    worker.close();
    lottery.close();
    runtime.close();
  }

  @Test
  void aGatewayEnrolsFollowsTheRosterServesAndStartsAgainWithoutMain() throws Exception {
    try (Gateway gateway = WebAssembly.of(config(true), runtime, () -> {})) {
      gateway.start();
      await(gateway, "TORC0001");
      assertThat(get(gateway.staff(), "/api/v1/network")).isEqualTo("{\"workers\":[]}");
      assertThat(get(gateway.staff(), "/api/v1/keys?state=RED")).isEqualTo("{\"items\":[]}");
      assertThat(calls.get(calls.size() - 1))
          .contains("\"method\":\"GET\",\"path\":\"/keys\",\"query\":{\"state\":\"RED\"}");
    }
    main.close();

    try (Gateway again = WebAssembly.of(config(false), runtime, () -> {})) {
      again.start();
      await(again, "TORC0002");
    }
  }

  @Test
  void aCertificatePastItsHalfIsRenewedWhileItServes() throws Exception {
    Path directory = dir.resolve("gateway-1").resolve("keys");
    NodeId node = NodeId.of("gateway-1");
    NodeKeys keys = NodeKeys.open(directory, node, Role.GATEWAY, random);
    keys.install(
        chain(keys.signingRequest(), node, Role.GATEWAY, Duration.ofMinutes(2)),
        authority.fingerprint());

    try (Gateway gateway = WebAssembly.of(config(false), runtime, () -> {})) {
      gateway.start();
      await(gateway, "TORC0001");
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> renewals.get() == 1);
      await(gateway, "TORC0002");
    }

    assertThat(
            NodeKeys.open(directory, node, Role.GATEWAY, random)
                .certificate()
                .orElseThrow()
                .getNotAfter())
        .isAfter(Date.from(Instant.now().plus(Duration.ofHours(1))));
    assertThat(renewals.get()).isEqualTo(1);
  }

  @Test
  void aRevokedWorkerIsCutOffByTheGatewayAndStaysAway() throws Exception {
    try (Gateway gateway = WebAssembly.of(config(true), runtime, () -> {})) {
      gateway.start();
      await(gateway, "TORC0001");

      RevocationList list =
          RevocationList.NONE.with(
              new Revocation(
                  WORKER, Revocation.digest(workerKey), "7f", Instant.now(), "stolen", "", "", ""));
      CompletableFuture<Envelope> taken = new CompletableFuture<>();
      main.post(
          () ->
              main.switchboard()
                  .call(NodeId.of("gateway-1"), list.toEnvelope(), Duration.ofSeconds(5))
                  .whenComplete(
                      (answer, problem) -> {
                        if (problem == null) {
                          taken.complete(answer);
                        } else {
                          taken.completeExceptionally(problem);
                        }
                      }));
      taken.get();

      // No worker is left: the gateway says so instead of asking a stolen key.
      await(gateway, "\"status\":503");
    }
  }

  @Test
  void aMainThatDoesNotTakeACallIsPassedOver() throws Exception {
    NodeId early = NodeId.of("main-0");
    try (LocalNode deaf = new LocalNode(keys(early, Role.MAIN), runtime)) {
      deaf.switchboard().serve(KeyvaultKinds.ENROL, this::enrol);
      Map<String, String> values = values(true);
      values.put("mains", early + "@" + deaf.start() + "," + MAIN + "@" + mainAddress);
      try (Gateway gateway = WebAssembly.of(ConfigSource.of(values), runtime, () -> {})) {
        gateway.start();
        await(gateway, "TORC0001");
        assertThat(get(gateway.staff(), "/api/v1/keys")).isEqualTo("{\"items\":[]}");
      }
    }
  }

  @Test
  void withoutTheNetworkItAnswers503() throws Exception {
    main.close();
    worker.close();
    try (Gateway gateway = WebAssembly.of(config(true), runtime, () -> {})) {
      gateway.start();
      assertThat(join(gateway)).contains("\"status\":503");
    }
  }

  @Test
  void aMisspeltKeyAndAWrongTokenAreRefusedAtTheStart() throws Exception {
    Map<String, String> wrong = values(true);
    wrong.put("http.maxbody", "1KiB");
    assertThat(
            catchThrowable(() -> WebAssembly.of(ConfigSource.of(wrong), runtime, () -> {}).close()))
        .isInstanceOf(ConfigRefused.class)
        .hasMessageContaining("http.max-body");

    Map<String, String> noToken = values(true);
    Files.writeString(dir.resolve("join.token"), "not a token");
    assertThat(
            catchThrowable(
                () -> WebAssembly.of(ConfigSource.of(noToken), runtime, () -> {}).close()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("enrol.token-file")
        .hasMessageNotContaining("not a token");
  }

  private void await(Gateway gateway, String expected) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(join(gateway)).contains(expected));
  }

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private int joined;

  private String join(Gateway gateway) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + gateway.site() + "/api/v1/players"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"branch\":\"TOR\",\"name\":\"player "
                        + ++joined
                        + "\",\"password\":\"correct horse\"}"))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static String get(Address port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + port + path))
            .header("Authorization", "Bearer secret-1")
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private ConfigSource config(boolean withToken) throws Exception {
    return ConfigSource.of(values(withToken));
  }

  private Map<String, String> values(boolean withToken) throws Exception {
    Map<String, String> values = new TreeMap<>();
    values.put("node.name", "gateway-1");
    values.put("node.dir", dir.resolve("gateway-1").toString());
    values.put("mains", MAIN + "@" + mainAddress);
    values.put("http.listen", "127.0.0.1:0");
    values.put("http.patience", "500ms");
    values.put("staff.listen", "127.0.0.1:0");
    values.put("admin.listen", "127.0.0.1:0");
    if (withToken) {
      Path token = dir.resolve("join.token");
      Files.writeString(token, JoinToken.fresh(random, authority.fingerprint()).format());
      values.put("enrol.token-file", token.toString());
    }
    return values;
  }

  private NodeKeys keys(NodeId node, Role role) throws Exception {
    NodeKeys keys = NodeKeys.open(dir.resolve(node.name()), node, role, random);
    keys.install(chain(keys.signingRequest(), node, role), authority.fingerprint());
    return keys;
  }

  private List<byte[]> chain(byte[] request, NodeId node, Role role)
      throws CertificateRefused, CertificateEncodingException {
    return chain(request, node, role, Duration.ofDays(1));
  }

  private List<byte[]> chain(byte[] request, NodeId node, Role role, Duration validity)
      throws CertificateRefused, CertificateEncodingException {
    return List.of(
        authority.issue(request, node, role, validity).getEncoded(),
        authority.certificate().getEncoded());
  }

  private void staff(Peer from, Envelope request, CallHandler.Answer answer) {
    String call = new String(request.body(), StandardCharsets.UTF_8);
    calls.add(call);
    String body =
        call.contains("/staff/me")
            ? "{\"name\":\"ops\",\"roles\":[\"operations\"]}"
            : "{\"items\":[]}";
    int status = call.contains("\"token\":\"secret-1\"") ? 200 : 401;
    answer.reply(
        new Envelope(
            KeyvaultKinds.STAFF_ANSWER,
            KeyvaultKinds.VERSION,
            ("{\"status\":" + status + ",\"body\":" + body + "}")
                .getBytes(StandardCharsets.UTF_8)));
  }

  private void enrol(Peer from, Envelope request, CallHandler.Answer answer) {
    try {
      EnrolRequest asked = EnrolRequest.from(request);
      if (asked.isRenewal()) {
        renewals.incrementAndGet();
      }
      answer.reply(
          new EnrolReply(chain(asked.signingRequest(), asked.node(), asked.role())).toEnvelope());
    } catch (MalformedMessage | CertificateRefused | CertificateEncodingException refused) {
      answer.refuse("REFUSED", String.valueOf(refused.getMessage()));
    }
  }

  private void announced(Peer from, Envelope request, CallHandler.Answer answer) {
    answer.reply(new Envelope(ReportsKinds.ANNOUNCED, ReportsKinds.VERSION, new byte[0]));
    Roster roster =
        new Roster(
            1,
            1,
            List.of(new RosterMain(MAIN, mainAddress)),
            List.of(),
            List.of(
                new RosterWorker(
                    WORKER,
                    Hemisphere.LEFT,
                    Optional.of(workerAddress),
                    Optional.empty(),
                    List.of())),
            List.of(),
            RingBuilder.place(List.of(WORKER), 1, 1).encode(),
            List.of());
    main.switchboard().send(from.id(), roster.envelope());
  }

  private void ledger(Peer from, Envelope request, CallHandler.Answer answer) {
    try {
      CommandCall call = CommandCall.of(request);
      (call.isCommand()
              ? lottery.deliver(call.actorKey(), call.body())
              : lottery.ask(call.actorKey(), call.body()))
          .thenAccept(
              delivery ->
                  worker.post(
                      () -> {
                        Delivery.Answered done = (Delivery.Answered) delivery;
                        answer.reply(
                            new Response.Answer(done.shard(), done.position(), done.body())
                                .envelope());
                      }));
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", String.valueOf(malformed.getMessage()));
    }
  }
}
