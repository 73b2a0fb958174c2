package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.checker.CheckerFile;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Table;
import io.elottery.deploy.staff.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code elottery status}: what is wrong, who leads, how every worker is and why. */
@Command(
    name = "status",
    description = "Shows what is wrong, then leaders, workers with their verdicts, and shards.")
final class Status implements Callable<Integer> {
  private final Invocation invocation;

  Status(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    Http staff = invocation.staffAs("operations");
    JsonNode network = staff.get("/api/v1/network").json();
    JsonNode troubles = staff.get("/api/v1/troubles").json().path("items");
    if (network instanceof ObjectNode all) {
      all.set("troubles", troubles);
    }
    String checker = checker(network);
    invocation
        .output()
        .print(
            invocation.out(),
            network,
            () -> HealthTexts.troubles(troubles) + "\n" + text(network) + checker);
    return ExitCode.DONE.number();
  }

  // What the cluster's checker said last, if one ever ran.
  private String checker(JsonNode network) throws CommandFailed {
    Optional<JsonNode> last = CheckerFile.read(invocation.description().layout().directory());
    if (last.isEmpty()) {
      return "";
    }
    if (network instanceof ObjectNode all) {
      all.set("checker", last.get());
    }
    return "\nCHECKER  "
        + last.get().path("acknowledged").asLong()
        + " tickets acknowledged, findings: "
        + (last.get().path("found").isEmpty() ? "none" : last.get().path("found").toString())
        + ", at "
        + last.get().path("at").asText()
        + "\n";
  }

  static String text(JsonNode network) {
    Table halves = new Table("HEMISPHERE", "LEADER", "FENCE", "SUBSTITUTES", "COVERS");
    network
        .path("hemispheres")
        .fields()
        .forEachRemaining(
            half ->
                halves.row(
                    half.getKey(),
                    half.getValue().path("leader").asText("nobody"),
                    half.getValue().path("fence").asText("-"),
                    joined(half.getValue().path("substitutes")),
                    joined(half.getValue().path("covers"))));
    Table workers = new Table("WORKER", "HEMISPHERE", "VERDICT", "SINCE", "BEHIND", "EVIDENCE");
    for (JsonNode worker : network.path("workers")) {
      workers.row(
          worker.path("id").asText(),
          worker.path("hemisphere").asText(),
          worker.path("verdict").asText(),
          worker.path("since").asText("-"),
          worker.path("behind").asText("-").replace("null", "-"),
          joined(worker.path("evidence")));
    }
    Table shards = new Table("SHARD", "WRITER", "REPLICAS");
    for (JsonNode shard : network.path("shards")) {
      shards.row(
          shard.path("id").asText(),
          shard.path("writer").asText("nobody").replace("null", "nobody"),
          joined(shard.path("replicas")));
    }
    return halves.text() + "\n" + workers.text() + "\n" + shards.text() + promise(network);
  }

  /** What is promised with the fewest copies that any shard has; empty while none is known. */
  static String promise(JsonNode network) {
    int fewest = Integer.MAX_VALUE;
    for (JsonNode shard : network.path("shards")) {
      fewest = Math.min(fewest, shard.path("replicas").size());
    }
    if (fewest == Integer.MAX_VALUE) {
      return "";
    }
    int losses = Math.max(0, (fewest - 1) / 2);
    String copies = fewest == 1 ? "1 copy" : fewest + " copies";
    return "\nPROMISE  "
        + copies
        + " of every shard at least: what was acknowledged is flushed on "
        + (losses + 1)
        + ", and every draw goes on with "
        + (losses == 0 ? "no worker" : losses == 1 ? "1 worker" : losses + " workers")
        + " lost\n";
  }

  static String joined(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(item -> words.add(item.isValueNode() ? item.asText() : item.toString()));
    return words.isEmpty() ? "-" : String.join(", ", words);
  }
}
