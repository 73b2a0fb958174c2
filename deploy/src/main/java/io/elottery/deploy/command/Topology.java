package io.elottery.deploy.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code elottery topology}: the network as a tree. */
@Command(
    name = "topology",
    description =
        "Shows halves, their workers by data centre and zone, and who is whose neighbour.")
final class Topology implements Callable<Integer> {
  private final Invocation invocation;

  Topology(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws CommandFailed {
    JsonNode network = invocation.staffAs("operations").get("/api/v1/network").json();
    invocation.output().print(invocation.out(), network, () -> text(network));
    return ExitCode.DONE.number();
  }

  static String text(JsonNode network) {
    StringBuilder text = new StringBuilder();
    datacentres(network, text);
    network
        .path("hemispheres")
        .fields()
        .forEachRemaining(
            half -> {
              text.append(half.getKey())
                  .append("  leader ")
                  .append(half.getValue().path("leader").asText("nobody"))
                  .append(", substitutes ")
                  .append(Status.joined(half.getValue().path("substitutes")))
                  .append('\n');
              workers(network, half.getKey(), text);
            });
    return text.toString();
  }

  // Where there are several, each with its zones at a glance, before who leads what.
  private static void datacentres(JsonNode network, StringBuilder text) {
    Map<String, Map<String, List<JsonNode>>> centres = new TreeMap<>();
    for (JsonNode worker : network.path("workers")) {
      centres
          .computeIfAbsent(worker.path("datacentre").asText(), none -> new TreeMap<>())
          .computeIfAbsent(worker.path("zone").asText(), none -> new ArrayList<>())
          .add(worker);
    }
    if (centres.size() < 2) {
      return;
    }
    centres.forEach(
        (name, zones) -> {
          List<JsonNode> all = zones.values().stream().flatMap(List::stream).toList();
          text.append(name.isEmpty() ? "elsewhere" : name).append("  ").append(up(all));
          if (zones.size() > 1) {
            List<String> each = new ArrayList<>();
            zones.forEach(
                (zone, its) -> each.add((zone.isEmpty() ? "no zone" : zone) + " " + up(its)));
            text.append(": ").append(String.join(", ", each));
          }
          List<String> written =
              all.stream()
                  .flatMap(it -> written(network, it.path("id").asText()).stream())
                  .toList();
          text.append(written.isEmpty() ? "  writes nothing" : "  writes shard ")
              .append(String.join(", ", written))
              .append('\n');
        });
    text.append('\n');
  }

  private static String up(List<JsonNode> workers) {
    return upOf(workers) + " of " + workers.size() + " UP";
  }

  private static long upOf(List<JsonNode> workers) {
    return workers.stream().filter(it -> it.path("verdict").asText().equals("UP")).count();
  }

  private static String missing(List<JsonNode> workers) {
    return upOf(workers) == workers.size() ? "" : "  " + up(workers);
  }

  private static void workers(JsonNode network, String half, StringBuilder text) {
    List<JsonNode> workers = new ArrayList<>();
    for (JsonNode worker : network.path("workers")) {
      if (worker.path("hemisphere").asText().equals(half)) {
        workers.add(worker);
      }
    }
    Map<String, List<JsonNode>> places = new TreeMap<>();
    workers.forEach(
        worker -> places.computeIfAbsent(place(worker), none -> new ArrayList<>()).add(worker));
    boolean spread = places.size() > 1 || !places.containsKey("");
    int left = places.size();
    for (Map.Entry<String, List<JsonNode>> place : places.entrySet()) {
      boolean last = --left == 0;
      if (spread) {
        String name = place.getKey().isEmpty() ? "elsewhere" : place.getKey();
        text.append(last ? "└─ " : "├─ ")
            .append(name)
            .append(missing(place.getValue()))
            .append('\n');
      }
      draw(network, place.getValue(), spread ? last ? "   " : "│  " : "", text);
    }
  }

  private static void draw(
      JsonNode network, List<JsonNode> workers, String indent, StringBuilder text) {
    for (int i = 0; i < workers.size(); i++) {
      JsonNode worker = workers.get(i);
      text.append(indent)
          .append(i == workers.size() - 1 ? "└─ " : "├─ ")
          .append(worker.path("id").asText())
          .append("  ")
          .append(worker.path("verdict").asText())
          .append(load(worker))
          .append("  neighbours ")
          .append(Status.joined(worker.path("neighbours")))
          .append(writes(network, worker.path("id").asText()))
          .append('\n');
    }
  }

  private static String place(JsonNode worker) {
    String zone = worker.path("zone").asText();
    return worker.path("datacentre").asText() + (zone.isEmpty() ? "" : "/" + zone);
  }

  private static String load(JsonNode worker) {
    return worker.hasNonNull("load") ? "  load " + worker.path("load").asInt() / 10 + " %" : "";
  }

  private static String writes(JsonNode network, String worker) {
    List<String> shards = written(network, worker);
    return shards.isEmpty() ? "" : "  writes shard " + String.join(", ", shards);
  }

  private static List<String> written(JsonNode network, String worker) {
    List<String> shards = new ArrayList<>();
    for (JsonNode shard : network.path("shards")) {
      if (shard.path("writer").asText().equals(worker)) {
        shards.add(shard.path("id").asText());
      }
    }
    return shards;
  }
}
