package io.elottery.deploy.bench.tickets;

import io.elottery.deploy.bench.TicketBench;
import io.elottery.deploy.cluster.ClusterDescription;
import io.elottery.deploy.cluster.ClusterDescription.SignIn;
import io.elottery.deploy.cluster.LocalCluster;
import io.elottery.deploy.cluster.Server;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.staff.Http;
import io.elottery.deploy.staff.SignUp;
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
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A running cluster with players and a draw of its own, ready to sell. */
public final class OurSide {
  private static final Duration ON_SALE_MAX = Duration.ofSeconds(60);

  private final Side side;

  private OurSide(Side side) {
    this.side = side;
  }

  /** Opens a draw in each branch and signs players up there, so many in all. */
  public static OurSide of(
      ClusterDescription description, LocalCluster cluster, List<String> branches, int players)
      throws IOException, CommandFailed {
    Server gateway = description.layout().of(Server.Kind.GATEWAY).get(0);
    URI site = URI.create("http://" + gateway.address("http").orElseThrow());
    List<Player> all = new ArrayList<>();
    SignUp signUp =
        new SignUp(
            new Http(site.toString(), ""),
            new Http(
                "http://" + description.layout().staff(), description.signIn("operations").token()),
            ON_SALE_MAX);
    for (String branch : branches) {
      // Who may open draws may do so in one branch.
      SignIn operator =
          description.signIn("operator").id().startsWith(branch)
              ? description.signIn("operator")
              : signUp.operator(branch, "bench", UUID.randomUUID().toString());
      String draw = openDraw(operator, site, "powerball", branch);
      for (String token : TicketBench.signUp(site, draw, players / branches.size())) {
        all.add(new Player(draw, token));
      }
    }
    long pid = pids(cluster, List.of(Server.Kind.GATEWAY)).get(0);
    Side side =
        new Side(
            "e-lottery",
            site,
            all,
            pid,
            () ->
                pids(
                    cluster,
                    List.of(
                        Server.Kind.WORKER,
                        Server.Kind.MAIN,
                        Server.Kind.AUDITOR,
                        Server.Kind.ZOOKEEPER)));
    return new OurSide(side);
  }

  /** What is measured. */
  public Side side() {
    return side;
  }

  /** One run of it without a yardstick. */
  public void alone(int connections, Duration warmUp, Duration measured, Consumer<String> say)
      throws IOException {
    Usage[] used = new Usage[2];
    Buyers.Result result =
        new Buyers(side.site(), side.players())
            .buy(
                connections,
                warmUp,
                measured,
                new Buyers.Marks() {
                  @Override
                  public void begins() throws IOException {
                    used[0] = Usage.of(() -> List.of(side.gateway()));
                    used[1] = Usage.of(side.servers());
                  }

                  @Override
                  public void ends() throws IOException {
                    used[0] = Usage.of(() -> List.of(side.gateway())).since(used[0]);
                    used[1] = Usage.of(side.servers()).since(used[1]);
                  }
                });
    double count = Math.max(1, result.sorted().length);
    say.accept(
        String.format(
            Locale.ROOT,
            "%d connections: %.0f/s, p50 %.1f ms, p99 %.1f ms, CPU µs a ticket: gateway %.0f, servers"
                + " %.0f; bytes a ticket: disk %.0f, wire %.0f; refused %d %s",
            connections,
            result.perSecond(),
            result.millisAt(0.5),
            result.millisAt(0.99),
            used[0].cpuMicros() / count,
            used[1].cpuMicros() / count,
            used[1].diskBytes() / count,
            used[0].plus(used[1]).sentBytes() / count,
            result.refused(),
            result.firstRefusal().lines().findFirst().orElse("")));
  }

  private static List<Long> pids(LocalCluster cluster, List<Server.Kind> kinds) {
    return cluster.status().stream()
        .filter(row -> kinds.contains(row.server().kind()) && row.pid() > 0)
        .map(LocalCluster.Status::pid)
        .toList();
  }

  /** A draw that stays open for the run, with a number the schedule does not reach. */
  private static String openDraw(SignIn by, URI site, String game, String branch)
      throws CommandFailed {
    String date = DateTimeFormatter.ofPattern("ddMMyy").format(LocalDate.now(ZoneOffset.UTC));
    long number = 1000 + Instant.now().getEpochSecond() % 9000;
    String draw = game + "/" + branch + "E" + date + "-" + number;
    String body =
        "{\"capacity\":10000000,\"closesAt\":\"" + Instant.now().plus(Duration.ofHours(3)) + "\"}";
    Http operator = new Http(site.toString(), by.token());
    Http open = new Http(site.toString(), "");
    long began = System.nanoTime();
    // The games come a moment after the first sign-ins.
    while (!isOnSale(open, draw)) {
      if (System.nanoTime() - began > ON_SALE_MAX.toNanos()) {
        throw new CommandFailed(ExitCode.TIMED_OUT, draw + " waits for its game or its parties");
      }
      try {
        operator.send("PUT", "/api/v1/draws/" + draw, body);
      } catch (CommandFailed notYet) {
        if (notYet.code() != ExitCode.FAILED && notYet.code() != ExitCode.REFUSED) {
          throw notYet;
        }
      }
      LockSupport.parkNanos(200_000_000);
    }
    return draw;
  }

  private static boolean isOnSale(Http open, String draw) throws CommandFailed {
    try {
      return open.get("/api/v1/draws/" + draw).json().path("onSale").asBoolean();
    } catch (CommandFailed unknown) {
      return false;
    }
  }
}
