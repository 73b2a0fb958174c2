package io.elottery.deploy.cluster;

import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Writes each server's configuration and {@code network.yaml} into a cluster's directory. */
final class ClusterFiles {
  private static final int NEIGHBOURS_EACH_SIDE = 1;

  private final String build = BuildHash.ofClassPath();
  private final ClusterLayout layout;
  private final ClusterPace pace;

  ClusterFiles(ClusterLayout layout, ClusterPace pace) {
    this.layout = layout;
    this.pace = pace;
  }

  void write() throws IOException, CommandFailed {
    owned(networkFile(), network());
    for (Server server : layout.servers()) {
      Files.createDirectories(server.directory());
      owned(server.config(), text(server));
    }
  }

  /** A server that came later, with the token by which it joins. */
  void write(Server server, String token) throws IOException, CommandFailed {
    Files.createDirectories(server.directory());
    owned(server.config(), text(server));
    owned(server.directory().resolve("join.token"), token + "\n");
  }

  private Path networkFile() {
    return layout.directory().resolve("network.yaml");
  }

  private String text(Server server) throws CommandFailed {
    ConfigText text = new ConfigText("elottery " + server.kind().command() + ": " + server.id());
    text.put("node.name", server.id()).put("node.dir", server.directory());
    if (server.kind() != Server.Kind.FRONT) {
      server.address("admin").ifPresent(address -> text.put("admin.listen", address));
    }
    server.address("source").ifPresent(source -> text.put("trunk.source", source.host()));
    switch (server.kind()) {
      case ZOOKEEPER -> {
        text.put("zookeeper.listen", server.mainAddress()).put("mains", layout.mains());
        if (server.address("quorum").isPresent()) {
          text.put("zookeeper.ensemble", ensemble());
        }
      }
      case MAIN -> main(server, text);
      case WORKER -> {
        joining(server, text);
        reached(server, text, "trunk");
        reached(server, text, "link");
      }
      case AUDITOR -> {
        joining(server, text);
        text.put("party.branches", pace.branches());
      }
      case GATEWAY -> {
        joining(server, text);
        text.put("http.listen", listen(server, "http"))
            .put("staff.listen", listen(server, "staff"))
            .put("players.branches", pace.branches())
            .put("players.welcomeCredit", "10000.00")
            .put("draws.build", build);
      }
      case CUTS -> {
        return new ConfigText("elottery cuts: the relay between all servers")
            .put("node.dir", server.directory())
            .put("cuts.routes", Relayed.routes(layout))
            .put("cuts.sources", Relayed.sources(layout))
            .text();
      }
      case FRONT -> {
        return new ConfigText("elottery front: one address for all gateways")
            .put("front.listen", server.mainAddress())
            .put("gateways", addresses(Server.Kind.GATEWAY, "http"))
            .text();
      }
    }
    return text.text();
  }

  private void main(Server server, ConfigText text) throws CommandFailed {
    int workers = layout.of(Server.Kind.WORKER).size();
    reached(server, text, "trunk");
    text.put("mains", layout.mains())
        .put("prefer", preference(server))
        .put("network.file", networkFile())
        .put("registry.servers", registry(server))
        .put("registry.session-timeout", pace.session().toMillis() + "ms")
        .put("ring.shards", pace.shards())
        .put("ring.copies", workers >= 5 ? 5 : workers >= 3 ? 3 : 1)
        .put("players.branches", pace.branches())
        .put("draws.schedule", pace.schedule())
        .put("draws.build", build)
        .put("seed.games", Shipped.games())
        .put(
            "seed.results",
            List.of("powerball=" + Shipped.data().resolve("powerball-results.csv")));
  }

  private List<String> registry(Server main) {
    return layout.of(Server.Kind.ZOOKEEPER).stream()
        .map(server -> server.address("client-" + main.id()).orElse(server.mainAddress()))
        .map(Address::toString)
        .toList();
  }

  private static void reached(Server server, ConfigText text, String purpose) {
    Optional<Address> behind = server.behind(purpose);
    text.put(
        purpose + ".listen",
        behind.map(Address::toString).orElseGet(() -> listen(server, purpose)));
    if (behind.isPresent()) {
      text.put(purpose + ".advertised", listen(server, purpose));
      if (purpose.equals("link")) {
        server.address("source").ifPresent(from -> text.put("link.source", from.host()));
      }
    }
  }

  private void joining(Server server, ConfigText text) {
    text.put("mains", layout.mains())
        .put("enrol.token-file", server.directory().resolve("join.token"));
  }

  private String preference(Server main) {
    return switch (layout.of(Server.Kind.MAIN).indexOf(main)) {
      case 0 -> "left";
      case 1 -> "right";
      default -> "both";
    };
  }

  /** Neighbours stand around a ring of all workers; each also knows the one opposite. */
  private String network() {
    Map<NodeId, Hemisphere> halves = layout.halves();
    List<NodeId> ring = new ArrayList<>(halves.keySet());
    StringBuilder text =
        new StringBuilder(
                "# Which half each worker belongs to, and whom it exchanges impulses with.\n")
            .append("workers:\n");
    for (int i = 0; i < ring.size(); i++) {
      TreeSet<String> neighbours = new TreeSet<>();
      for (int step = 1; step <= NEIGHBOURS_EACH_SIDE; step++) {
        neighbours.add(ring.get((i + step) % ring.size()).name());
        neighbours.add(ring.get((i - step + ring.size()) % ring.size()).name());
      }
      neighbours.add(ring.get((i + ring.size() / 2) % ring.size()).name());
      neighbours.remove(ring.get(i).name());
      text.append("  ")
          .append(ring.get(i))
          .append(": { hemisphere: ")
          .append(
              halves
                  .getOrDefault(ring.get(i), Hemisphere.LEFT)
                  .name()
                  .toLowerCase(java.util.Locale.ROOT))
          .append(location(ring.get(i)))
          .append(", neighbours: [")
          .append(String.join(", ", neighbours))
          .append("] }\n");
    }
    return text.toString();
  }

  private String location(NodeId worker) {
    Location location = layout.server(worker.name()).map(Server::location).orElse(Location.UNKNOWN);
    if (!location.isKnown()) {
      return "";
    }
    String zone = location.zone().isEmpty() ? "" : ", zone: " + location.zone();
    return ", datacentre: " + location.datacentre() + zone;
  }

  private List<String> ensemble() {
    return layout.of(Server.Kind.ZOOKEEPER).stream()
        .map(
            member ->
                member.id()
                    + "@"
                    + listen(member, "quorum")
                    + ":"
                    + member.address("election").orElseThrow().port())
        .toList();
  }

  private List<String> addresses(Server.Kind kind, String purpose) {
    return layout.of(kind).stream().map(server -> listen(server, purpose)).toList();
  }

  private static String listen(Server server, String purpose) {
    return server.address(purpose).orElseThrow().toString();
  }

  private static void owned(Path file, String text) throws IOException {
    ClusterDescription.writeOwnerOnly(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
