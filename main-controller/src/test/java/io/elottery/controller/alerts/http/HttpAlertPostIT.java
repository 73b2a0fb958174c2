package io.elottery.controller.alerts.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.elottery.controller.alerts.Outcome;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.vault.CutVault;
import io.elottery.keyvault.vault.MemoryRecords;
import io.elottery.keyvault.vault.Vault;
import io.elottery.keyvault.webhook.SignedAlert;
import io.elottery.keyvault.webhook.WebhookSignature;
import io.elottery.keyvault.webhook.WebhookVault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpAlertPostIT {
  private static final byte[] BODY =
      "{\"id\":\"msg_1\",\"what\":\"worker-7 is down — für alle\"}"
          .getBytes(StandardCharsets.UTF_8);

  private final RandomSource random = new SecureRandomSource();
  private final WebhookVault vault =
      new WebhookVault(
          new Vault(CutVault.openForNow(random), new MemoryRecords(), random, new SystemTime())
              .store(),
          random);
  private final HttpAlertPost post = new HttpAlertPost();
  private final Map<String, String> got = new ConcurrentHashMap<>();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/taken", exchange -> answer(exchange, 204));
    server.createContext("/gone", exchange -> answer(exchange, 410));
    server.createContext("/ill", exchange -> answer(exchange, 503));
    server.createContext(
        "/elsewhere",
        exchange -> {
          exchange.getResponseHeaders().add("location", "/taken");
          answer(exchange, 307);
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void receiverVerifiesWhatCame() {
    String shown = vault.create("w-1", url("/taken?x=1")).join();

    assertThat(send("w-1")).isEqualTo(new Outcome.Taken());

    Secret secret = Secret.of(Base64.getDecoder().decode(shown.substring("whsec_".length())));
    byte[] body = got.getOrDefault("body", "").getBytes(StandardCharsets.UTF_8);
    assertThat(body).isEqualTo(BODY);
    assertThat(got).containsEntry("webhook-id", "msg_1");
    assertThat(got).containsEntry("content-type", "application/json");
    assertThat(
            WebhookSignature.holds(
                secret,
                "msg_1",
                Long.parseLong(got.getOrDefault("webhook-timestamp", "0")),
                body,
                got.getOrDefault("webhook-signature", "")))
        .isTrue();
  }

  @Test
  void answersAreToldApart() {
    vault.create("w-gone", url("/gone")).join();
    vault.create("w-ill", url("/ill")).join();

    assertThat(send("w-gone")).isEqualTo(new Outcome.Gone());
    assertThat(send("w-ill")).isEqualTo(new Outcome.Failed("it answered 503"));
  }

  @Test
  void redirectIsNotFollowed() {
    vault.create("w-1", url("/elsewhere")).join();

    assertThat(send("w-1")).isEqualTo(new Outcome.Failed("it answered 307"));
    assertThat(got).containsEntry("path", "/elsewhere");
  }

  @Test
  void nobodyThereIsAFailureThatDoesNotTellTheAddress() {
    vault.create("w-1", url("/secret-path")).join();
    server.stop(0);

    assertThat(send("w-1").toString())
        .contains("refuses connections")
        .doesNotContain("secret-path");
  }

  private Outcome send(String webhook) {
    SignedAlert signed =
        vault.sign(webhook, "msg_1", new SystemTime().now(), BODY).join().orElseThrow();
    return post.post(signed, "msg_1", BODY).join();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange, int status) throws IOException {
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> got.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
    got.put("path", exchange.getRequestURI().getPath());
    got.put("body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
