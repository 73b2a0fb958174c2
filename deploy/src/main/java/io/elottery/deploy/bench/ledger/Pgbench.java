package io.elottery.deploy.bench.ledger;

import io.elottery.deploy.bench.postgres.PostgresServers;
import io.elottery.deploy.bench.postgres.PostgresTables;
import io.elottery.deploy.bench.tickets.Usage;
import io.elottery.foundation.time.SecureRandomSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * PostgreSQL's own load generator, buying tickets by the same function as the gateway before
 * PostgreSQL does; each command under way is a connection of its own.
 */
public final class Pgbench implements LedgerSide {
  private static final String DRAW = "TORE311299";
  private static final int PLAYERS = 256;
  private static final Pattern TPS =
      Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");
  private static final Pattern FAILED = Pattern.compile("number of failed transactions: (\\d+)");
  private static final int LATENCY = 2; // client, transaction, microseconds, …

  private final PostgresServers servers;
  private final Path script;

  private Pgbench(PostgresServers servers, Path script) {
    this.servers = servers;
    this.script = script;
  }

  /**
   * Starts PostgreSQL, with players and a draw.
   *
   * @param most connections at once
   */
  public static Pgbench start(int most) throws IOException {
    PostgresServers servers = PostgresServers.start(PostgresServers.installed(), most);
    try {
      List<String> tokens =
          PostgresTables.make(servers, PLAYERS, DRAW, 200, new SecureRandomSource());
      Path script = servers.directory().resolve("buy.sql");
      Files.writeString(script, PostgresTables.script(tokens.size(), DRAW));
      return new Pgbench(servers, script);
    } catch (IOException | RuntimeException failed) {
      servers.close();
      throw failed;
    }
  }

  @Override
  public String name() {
    return "pgbench";
  }

  @Override
  public Measured run(int underWay, Duration warmUp, Duration measured) throws IOException {
    if (!warmUp.isZero()) {
      bench(underWay, warmUp);
    }
    Usage before = Usage.of(servers::processes);
    String said =
        bench(underWay, measured, "-l", "--log-prefix=" + servers.directory().resolve("log"));
    Usage used = Usage.of(servers::processes).since(before);
    long[] sorted = times();
    Matcher failed = FAILED.matcher(said);
    return new Measured(
        sorted.length,
        perSecond(said),
        UnderWay.millisAt(sorted, 0.50),
        UnderWay.millisAt(sorted, 0.99),
        failed.find() ? Long.parseLong(failed.group(1)) : 0,
        used);
  }

  private String bench(int underWay, Duration length, String... more) throws IOException {
    Stream<String> ours =
        Stream.of(
            "-n", // its own tables are not there
            "-M",
            "prepared",
            "-c",
            Integer.toString(underWay),
            "-T",
            Long.toString(Math.max(1, length.toSeconds())),
            "-f",
            script.toString());
    return servers.pgbench(Stream.concat(ours, Arrays.stream(more)).toArray(String[]::new));
  }

  private static double perSecond(String said) throws IOException {
    Matcher tps = TPS.matcher(said);
    if (!tps.find()) {
      throw new IOException("pgbench said no tps: " + said);
    }
    return Double.parseDouble(tps.group(1));
  }

  private long[] times() throws IOException {
    LongStream.Builder nanos = LongStream.builder();
    try (Stream<Path> logs = Files.list(servers.directory())) {
      for (Path log :
          logs.filter(path -> path.getFileName().toString().startsWith("log.")).toList()) {
        try (Stream<String> lines = Files.lines(log)) {
          lines.forEach(line -> nanos.add(Long.parseLong(line.split(" ")[LATENCY]) * 1_000));
        }
        Files.delete(log);
      }
    }
    return nanos.build().sorted().toArray();
  }

  @Override
  public void close() throws IOException {
    servers.close();
  }
}
