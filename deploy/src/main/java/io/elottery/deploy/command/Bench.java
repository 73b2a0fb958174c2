package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.deploy.bench.FailOver;
import io.elottery.deploy.bench.TicketBench;
import io.elottery.deploy.bench.hemisphere.HemisphereBench;
import io.elottery.deploy.bench.wire.WireBench;
import io.elottery.deploy.cluster.LocalCluster;
import io.elottery.deploy.cluster.Server;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.staff.Http;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery bench …}: load runs against the local cluster started by {@code up}, or none. */
@Command(
    name = "bench",
    description = "Measures a local cluster; figures stand in docs/benchmarks.md.")
final class Bench {
  private static final String GAME = "powerball";
  private static final String BRANCH = "TOR";
  private static final Duration ON_SALE_MAX = Duration.ofSeconds(30);
  private static final Duration READY_MAX = Duration.ofSeconds(60);

  private final Invocation invocation;

  Bench(Invocation invocation) {
    this.invocation = invocation;
  }

  static CommandLine command(Invocation invocation) {
    return new CommandLine(new Bench(invocation))
        .addSubcommand(new BenchDetection(invocation))
        .addSubcommand(new BenchPostgres(invocation))
        .addSubcommand(new BenchLedger(invocation));
  }

  @Command(name = "tickets", description = "Tickets per second, beside a bare HTTP echo.")
  int tickets(
      @Option(names = "--connections", defaultValue = "64", paramLabel = "N") int connections,
      @Option(names = "--warm-up", defaultValue = "10", paramLabel = "SECONDS") int warmUp,
      @Option(names = "--seconds", defaultValue = "20", paramLabel = "SECONDS") int seconds)
      throws CommandFailed {
    String draw = openDraw();
    invocation.err().println("selling " + draw + " for " + (warmUp + seconds) + " s");
    try {
      String result =
          new TicketBench(site(), draw)
              .run(connections, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
      invocation.out().print(result);
      return ExitCode.DONE.number();
    } catch (IOException lost) {
      throw new CommandFailed(ExitCode.UNREACHABLE, String.valueOf(lost.getMessage()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(ExitCode.FAILED, "interrupted");
    }
  }

  @Command(
      name = "failover",
      description = {
        "Kills the writer (kill -9) again and again while a player buys; measures how long there",
        "was no receipt, from before the signal on;",
        "then asks for every receipt again. Fails when one is lost or has other bytes."
      })
  int failover(
      @Option(
              names = {"--kills", "--rounds"},
              defaultValue = "5",
              paramLabel = "N",
              description = "How often (default ${DEFAULT-VALUE}).")
          int rounds,
      @Option(
              names = "--pause",
              defaultValue = "0",
              paramLabel = "SECONDS",
              description = {
                "How long to wait once the killed one is ready again. Without it, what starts anew",
                "takes the processors from the others, which a machine of its own would not."
              })
          int pause)
      throws CommandFailed {
    if (rounds < 1 || pause < 0) {
      throw new CommandFailed(
          ExitCode.USAGE, "--kills is 1 or more and --pause 0 or more, both whole numbers");
    }
    String draw = openDraw();
    LocalCluster cluster = invocation.cluster();
    List<Long> millis = new ArrayList<>();
    int given;
    int lost;
    try {
      FailOver player = new FailOver(site(), draw);
      for (int round = 1; round <= rounds; round++) {
        List<Server> writer = cluster.servers(List.of(writer(draw)));
        Duration took = player.during(() -> kill(cluster, writer));
        millis.add(took.toMillis());
        invocation
            .err()
            .println(
                round
                    + " of "
                    + rounds
                    + ": killed "
                    + writer.get(0).id()
                    + ", longest time without a receipt "
                    + took.toMillis()
                    + " ms");
        cluster.start(writer);
        cluster.awaitReady(writer, READY_MAX, line -> {});
        TimeUnit.SECONDS.sleep(pause);
      }
      given = player.given();
      lost = player.lost();
    } catch (IOException away) {
      throw new CommandFailed(ExitCode.UNREACHABLE, String.valueOf(away.getMessage()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(ExitCode.FAILED, "interrupted");
    }
    millis.sort(null);
    invocation
        .out()
        .printf(
            Locale.ROOT,
            "writer killed %d times: longest time without a receipt, median %d ms, p99 %d ms, at"
                + " most %d ms;"
                + " lost %d of %d receipts%n",
            rounds,
            millis.get(millis.size() / 2),
            millis.get((int) Math.min(millis.size() - 1, millis.size() * 0.99)),
            millis.get(millis.size() - 1),
            lost,
            given);
    if (lost > 0) {
      throw new CommandFailed(ExitCode.FAILED, lost + " receipts are lost");
    }
    return ExitCode.DONE.number();
  }

  @Command(
      name = "links",
      description = {
        "What protection costs: links and trunks beside plain TCP, over the loopback device.",
        "Needs no cluster; a cluster that runs on the same machine spoils the figures."
      })
  int links(
      @Option(names = "--rounds", defaultValue = "3", paramLabel = "N") int rounds,
      @Option(
              names = "--seconds",
              defaultValue = "1",
              paramLabel = "SECONDS",
              description = "Processor time for each of the figures, and as much to warm up.")
          int seconds)
      throws CommandFailed {
    try {
      String result =
          new WireBench(new SecureRandomSource(), new SystemTime())
              .run(rounds, Duration.ofSeconds(seconds), invocation.err()::println);
      invocation.out().print(result);
      return ExitCode.DONE.number();
    } catch (IOException lost) {
      throw new CommandFailed(ExitCode.FAILED, String.valueOf(lost.getMessage()));
    }
  }

  @Command(
      name = "hemisphere",
      description = "One main over simulated workers: processor time, and half of them dying.")
  int hemisphere(
      @Option(names = "--workers", defaultValue = "5000", paramLabel = "N") int workers,
      @Option(names = "--warm-up", defaultValue = "20", paramLabel = "SECONDS") int warmUp,
      @Option(names = "--seconds", defaultValue = "20", paramLabel = "SECONDS") int seconds)
      throws CommandFailed {
    try {
      String result =
          new HemisphereBench(workers).run(Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
      invocation.out().print(result);
      return ExitCode.DONE.number();
    } catch (IOException lost) {
      throw new CommandFailed(ExitCode.FAILED, String.valueOf(lost.getMessage()));
    }
  }

  private static void kill(LocalCluster cluster, List<Server> servers) {
    try {
      cluster.kill(servers);
    } catch (CommandFailed failed) {
      throw new IllegalStateException(failed.getMessage(), failed);
    }
  }

  private URI site() throws CommandFailed {
    return URI.create("http://" + invocation.description().layout().site());
  }

  private String writer(String draw) throws CommandFailed {
    String shard = invocation.site().get("/api/v1/draws/" + draw).json().path("shard").asText();
    JsonNode network = invocation.staffAs("operations").get("/api/v1/network").json();
    for (JsonNode item : network.path("shards")) {
      if (item.path("id").asText().equals(shard) && item.path("writer").isTextual()) {
        return item.path("writer").asText();
      }
    }
    throw new CommandFailed(ExitCode.FAILED, "nobody is known to write shard " + shard);
  }

  /** A draw that stays open for the run, with a number the schedule does not reach. */
  private String openDraw() throws CommandFailed {
    String date = DateTimeFormatter.ofPattern("ddMMyy").format(LocalDate.now(ZoneOffset.UTC));
    long number = 1000 + Instant.now().getEpochSecond() % 9000;
    String draw = GAME + "/" + BRANCH + "E" + date + "-" + number;
    String body =
        "{\"capacity\":1000000,\"closesAt\":\"" + Instant.now().plus(Duration.ofHours(1)) + "\"}";
    invocation.siteAs("operator").send("PUT", "/api/v1/draws/" + draw, body);
    long began = System.nanoTime();
    Http site = invocation.site();
    while (!site.get("/api/v1/draws/" + draw).json().path("onSale").asBoolean()) {
      if (System.nanoTime() - began > ON_SALE_MAX.toNanos()) {
        throw new CommandFailed(ExitCode.TIMED_OUT, draw + " waits for its parties");
      }
      LockSupport.parkNanos(100_000_000);
    }
    return draw;
  }
}
