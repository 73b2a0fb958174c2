package io.elottery.deploy.bench.postgres;

import io.elottery.deploy.bench.tickets.Player;
import io.elottery.deploy.bench.tickets.Side;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.lottery.results.GameFile;
import io.elottery.lottery.rules.RulesRefused;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** PostgreSQL and a gateway before it, with players and a draw, ready to sell. */
public final class PostgresSide implements AutoCloseable {
  private static final String DRAW = "TORE311299";

  private final PostgresServers servers;
  private final Process gateway;
  private final Side side;

  private PostgresSide(PostgresServers servers, Process gateway, Side side) {
    this.servers = servers;
    this.gateway = gateway;
    this.side = side;
  }

  /**
   * Starts all.
   *
   * @param players who can pay
   * @param pool connections from the gateway to the primary
   * @param game the file of the game that is sold
   */
  public static PostgresSide start(int players, int pool, Path game) throws IOException {
    PostgresServers servers = PostgresServers.start(PostgresServers.installed(), pool);
    try {
      GameFile file = GameFile.fromYaml(Files.readString(game));
      String name = file.rules().name();
      List<String> tokens =
          PostgresTables.make(
              servers, players, name + ":" + DRAW, file.rules().price(), new SecureRandomSource());
      Process gateway = gateway(servers.port(), pool, game, servers.directory());
      BufferedReader said =
          new BufferedReader(
              new InputStreamReader(gateway.getInputStream(), StandardCharsets.UTF_8));
      String address = said.readLine();
      if (address == null) {
        throw new IOException("the gateway before PostgreSQL did not start");
      }
      Side side =
          new Side(
              "PostgreSQL",
              URI.create("http://" + address),
              tokens.stream().map(token -> new Player(name + "/" + DRAW, token)).toList(),
              gateway.pid(),
              servers::processes);
      return new PostgresSide(servers, gateway, side);
    } catch (RulesRefused refused) {
      servers.close();
      throw new IOException(game + ": " + refused.getMessage(), refused);
    } catch (IOException | RuntimeException failed) {
      servers.close();
      throw failed;
    }
  }

  // As our own gateway is started, heap and collector included.
  private static Process gateway(int port, int pool, Path game, Path directory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseTransparentHugePages",
            "-XX:+UseG1GC",
            "-Xms64m",
            "-Xmx384m",
            "-Dlogback.configurationFile=logback-command.xml",
            "-cp",
            System.getProperty("java.class.path"),
            "io.elottery.deploy.bench.postgres.PostgresGateway",
            Integer.toString(port),
            Integer.toString(pool),
            game.toString(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** What is measured. */
  public Side side() {
    return side;
  }

  @Override
  public void close() throws IOException {
    gateway.getOutputStream().close();
    try {
      if (!gateway.waitFor(5, TimeUnit.SECONDS)) {
        gateway.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      gateway.destroyForcibly();
    }
    servers.close();
  }
}
