package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.cluster.ClusterDescription;
import io.elottery.deploy.cluster.ClusterLayout;
import io.elottery.deploy.cluster.ClusterSetup;
import io.elottery.deploy.cluster.LocalCluster;
import io.elottery.deploy.cluster.Server;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.staff.Http;
import io.elottery.foundation.id.Location;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code elottery grow}: more workers for a local cluster that runs, each by a join token. */
@Command(
    name = "grow",
    description = {
      "Adds workers to a local cluster that runs, as `servers add` does anywhere: officer1 proposes,"
          + " officer2 approves, each joins by its token.",
      "Returns when they are ready. They hold nothing until `elottery shards balance`."
    })
final class Grow implements Callable<Integer> {
  private static final Duration READY_MAX = Duration.ofSeconds(150);
  private static final Duration DONE_MAX = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final String PROPOSALS = "/api/v1/approvals/";

  private final Invocation invocation;

  @Option(
      names = "--workers",
      required = true,
      paramLabel = "N",
      description = "How many there are to be, those that were removed not counted.")
  private int workers;

  Grow(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    ClusterDescription before = invocation.description();
    if (!before.layout().of(Server.Kind.CUTS).isEmpty()) {
      throw new CommandFailed(ExitCode.USAGE, "a cluster that can be cut does not grow");
    }
    int more = workers - here().size();
    if (more < 1) {
      invocation.err().println("there are " + here().size() + " workers");
      return ExitCode.DONE.number();
    }
    ClusterLayout layout = before.layout().grown(places(before.layout(), more));
    List<Server> fresh = new ArrayList<>(layout.servers());
    fresh.removeAll(before.layout().servers());
    // Those that stand in one place are proposed together.
    Map<Location, List<Server>> placed = new LinkedHashMap<>();
    fresh.forEach(it -> placed.computeIfAbsent(it.location(), none -> new ArrayList<>()).add(it));
    for (Map.Entry<Location, List<Server>> each : placed.entrySet()) {
      JsonNode tokens = tokens(each.getKey(), each.getValue());
      for (Server server : each.getValue()) {
        ClusterSetup.add(layout, server, tokens.path(server.id().name()).asText());
      }
    }
    LocalCluster cluster = new LocalCluster(new ClusterDescription(layout, before.signIns()));
    cluster.describe();
    cluster.start(fresh);
    cluster.awaitReady(fresh, READY_MAX, invocation.err()::println);
    invocation
        .out()
        .println(fresh.size() + " workers joined; copies move by `elottery shards balance --wait`");
    return ExitCode.DONE.number();
  }

  private List<String> here() throws CommandFailed {
    List<String> here = new ArrayList<>();
    officer(1)
        .get("/api/v1/servers/neighbours")
        .json()
        .path("items")
        .forEach(it -> here.add(it.path("worker").asText()));
    return here;
  }

  // Where fewest stand.
  private static List<Location> places(ClusterLayout layout, int more) {
    Map<Location, Integer> standing = new LinkedHashMap<>();
    layout.of(Server.Kind.WORKER).forEach(it -> standing.merge(it.location(), 1, Integer::sum));
    List<Location> places = new ArrayList<>();
    for (int i = 0; i < more; i++) {
      Location next =
          Collections.min(standing.entrySet(), Comparator.comparing(Map.Entry::getValue)).getKey();
      standing.merge(next, 1, Integer::sum);
      places.add(next);
    }
    return places;
  }

  private JsonNode tokens(Location at, List<Server> servers) throws CommandFailed {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    var names = body.putArray("workers");
    servers.forEach(server -> names.add(server.id().name()));
    body.put("datacentre", at.datacentre()).put("zone", at.zone());
    JsonNode proposal = officer(1).post("/api/v1/servers/add", body.toString()).json();
    String path = PROPOSALS + Words.encoded(proposal.path("id").asText());
    ObjectNode hash = JsonNodeFactory.instance.objectNode();
    hash.put("hash", proposal.path("hash").asText());
    officer(2).post(path + "/approve", hash.toString());
    long began = System.nanoTime();
    while (System.nanoTime() - began < DONE_MAX.toNanos()) {
      // Looked at as the other officer: the tokens are shown to the proposer once.
      String state = officer(2).get(path).json().path("state").asText();
      if (state.equals("DONE")) {
        return officer(1).get(path).json().path("tokens");
      }
      if (!state.equals("APPROVED")) {
        throw new CommandFailed(ExitCode.FAILED, proposal.path("id").asText() + " is " + state);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new CommandFailed(
        ExitCode.TIMED_OUT, "not carried out in " + DONE_MAX.toSeconds() + " s");
  }

  private Http officer(int number) throws CommandFailed {
    return invocation.staffAs("officer" + number);
  }
}
