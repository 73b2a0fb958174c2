package io.elottery.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Tickets per second through the site's one address, beside a bare HTTP echo in the same run:
 * absolute figures of a small machine mean little, their ratio more.
 */
public final class TicketBench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BODY = "{\"lines\":[{\"main\":[3,14,15,26,53],\"bonus\":[9]}]}";

  private final URI site;
  private final String draw;

  /**
   * @param site {@code http://host:port}
   * @param draw {@code game/id}, open for sale long enough
   */
  public TicketBench(URI site, String draw) {
    this.site = site;
    this.draw = draw;
  }

  /**
   * Runs echo, tickets, echo; returns what to print.
   *
   * @param connections players that buy at once, each waiting for its receipt
   */
  public String run(int connections, Duration warmUp, Duration measured)
      throws IOException, InterruptedException {
    Load.Result tickets = Load.run(connections, warmUp, measured, this::player);
    Load.Result echo;
    try (Echo server = new Echo()) {
      Duration part = measured.dividedBy(2);
      echo = Load.run(connections, warmUp.dividedBy(2), part, i -> echoer(server.address()));
    }
    return String.format(
        Locale.ROOT,
        "connections %d%n%s%n%s%nratio %.3f%n",
        connections,
        row("tickets", tickets),
        row("echo", echo),
        tickets.perSecond() / echo.perSecond());
  }

  private static String row(String name, Load.Result result) {
    return String.format(
        Locale.ROOT,
        "%-8s %9.0f/s  p50 %6.1f ms  p99 %6.1f ms  %d good, %d refused",
        name,
        result.perSecond(),
        result.p50().toNanos() / 1e6,
        result.p99().toNanos() / 1e6,
        result.good(),
        result.refused());
  }

  private static Load.Asker echoer(URI address) throws IOException {
    Connection connection = new Connection(address);
    return new Load.Asker() {
      @Override
      public boolean ask() throws IOException {
        return connection.ask("POST", "/", "", BODY).status() == 200;
      }

      @Override
      public void close() throws IOException {
        connection.close();
      }
    };
  }

  private Load.Asker player(int number) throws IOException {
    Connection connection = new Connection(site);
    String token = signUp(connection, draw, "bench" + number);
    return new Load.Asker() {
      @Override
      public boolean ask() throws IOException {
        return buy(connection, draw, token, UUID.randomUUID().toString()).status() == 201;
      }

      @Override
      public void close() throws IOException {
        connection.close();
      }
    };
  }

  /** So many new players of the draw's branch, signed in; their tokens. */
  public static List<String> signUp(URI site, String draw, int players) throws IOException {
    List<String> tokens = new ArrayList<>();
    try (Connection connection = new Connection(site)) {
      for (int i = 0; i < players; i++) {
        tokens.add(signUp(connection, draw, "bench" + i));
      }
    }
    return tokens;
  }

  /** A new player of the draw's branch, signed in; the token. */
  static String signUp(Connection connection, String draw, String prefix) throws IOException {
    String name = prefix + "x" + UUID.randomUUID().toString().substring(0, 8);
    String password = UUID.randomUUID().toString();
    String branch = draw.substring(draw.indexOf('/') + 1, draw.indexOf('/') + 4);
    String signIn =
        String.format(
            "{\"name\":\"%s\",\"password\":\"%s\",\"branch\":\"%s\"}", name, password, branch);
    created(connection, "/api/v1/players", signIn);
    return created(connection, "/api/v1/sessions", signIn).path("token").asText();
  }

  /** One line by its numbers, under the key. */
  static Connection.Reply buy(Connection connection, String draw, String token, String key)
      throws IOException {
    String headers = "Authorization: Bearer " + token + "\r\nIdempotency-Key: " + key + "\r\n";
    return connection.ask("POST", "/api/v1/draws/" + draw + "/tickets", headers, BODY);
  }

  private static JsonNode created(Connection connection, String path, String body)
      throws IOException {
    Connection.Reply reply = connection.ask("POST", path, "", body);
    if (reply.status() != 201) {
      throw new IOException(path + " answered " + reply.status() + ": " + reply.body());
    }
    return JSON.readTree(reply.body());
  }
}
