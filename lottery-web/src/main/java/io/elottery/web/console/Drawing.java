package io.elottery.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.web.console.view.WrongRow;
import io.elottery.web.site.view.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;

/** Places the network's state ({@code GET /api/v1/network}) on a plane. Pure. */
final class Drawing {
  private static final int MIDDLE = 240;
  private static final int RADIUS = 150;

  private Drawing() {}

  static Picture of(JsonNode network, List<WrongRow> troubles) {
    Set<String> bad = new TreeSet<>();
    troubles.forEach(trouble -> bad.add(trouble.subject()));
    List<Picture.Half> halves = new ArrayList<>();
    Map<String, List<JsonNode>> byHalf = new TreeMap<>();
    for (JsonNode worker : network.path("workers")) {
      byHalf
          .computeIfAbsent(worker.path("hemisphere").asText(), name -> new ArrayList<>())
          .add(worker);
    }
    List<Picture.Dot> dots = new ArrayList<>();
    Map<String, Picture.Dot> byName = new TreeMap<>();
    int x = 210;
    for (String name : List.of("LEFT", "RIGHT")) {
      halves.add(half(name, x, network.path("hemispheres").path(name)));
      List<JsonNode> workers = byHalf.getOrDefault(name, List.of());
      for (int i = 0; i < workers.size(); i++) {
        double angle = 2 * Math.PI * i / workers.size() - Math.PI / 2;
        Picture.Dot dot =
            dot(
                workers.get(i),
                (int) Math.round(x + RADIUS * Math.cos(angle)),
                (int) Math.round(MIDDLE + RADIUS * Math.sin(angle)));
        dots.add(dot);
        byName.put(dot.name(), dot);
      }
      x = 800 - x;
    }
    return new Picture(halves, edges(network, byName, bad), dots, shards(network));
  }

  private static Picture.Half half(String name, int x, JsonNode half) {
    String leader = half.path("leader").asText("nobody");
    String detail =
        "fence "
            + half.path("fence").asText("?")
            + (half.path("substitutes").isEmpty()
                ? ", no substitute"
                : ", substitutes " + joined(half.path("substitutes")));
    return new Picture.Half(name, x, MIDDLE, RADIUS, leader, detail);
  }

  private static Picture.Dot dot(JsonNode worker, int x, int y) {
    String verdict = worker.path("verdict").asText("UNKNOWN");
    StringJoiner title = new StringJoiner("\n");
    title.add(
        worker.path("id").asText() + " " + verdict + " since " + worker.path("since").asText());
    worker.path("evidence").forEach(sentence -> title.add(sentence.asText()));
    return new Picture.Dot(x, y, worker.path("id").asText(), verdict, title.toString());
  }

  private static List<Picture.Edge> edges(
      JsonNode network, Map<String, Picture.Dot> dots, Set<String> bad) {
    List<Picture.Edge> edges = new ArrayList<>();
    for (JsonNode worker : network.path("workers")) {
      Picture.Dot from = dots.get(worker.path("id").asText());
      for (JsonNode neighbour : worker.path("neighbours")) {
        Picture.Dot to = dots.get(neighbour.asText());
        // Each pair once; a neighbour outside the picture has no line.
        if (from != null && to != null && from.name().compareTo(to.name()) < 0) {
          String link = from.name() + "," + to.name();
          edges.add(new Picture.Edge(from.x(), from.y(), to.x(), to.y(), link, bad.contains(link)));
        }
      }
    }
    return edges;
  }

  private static List<Picture.Shard> shards(JsonNode network) {
    List<Picture.Shard> shards = new ArrayList<>();
    for (JsonNode shard : network.path("shards")) {
      shards.add(
          new Picture.Shard(
              shard.path("id").asText(),
              shard.path("writer").asText("nobody"),
              joined(shard.path("replicas"))));
    }
    return shards;
  }

  private static String joined(JsonNode names) {
    StringJoiner joined = new StringJoiner(", ");
    names.forEach(name -> joined.add(name.asText()));
    return joined.toString();
  }
}
