package io.elottery.deploy.cluster;

import io.elottery.deploy.cuts.Route;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a cluster one that can be cut: each server dials from a loopback address of its own, and
 * the addresses others are told lead to the relay.
 */
final class Relayed {
  private static final List<String> TOLD = List.of("trunk", "link");
  private static final int LAST = 250;

  private Relayed() {}

  static ClusterLayout through(ClusterLayout direct) throws CommandFailed {
    List<Server> servers = new ArrayList<>();
    NodeId relay = NodeId.of("cuts");
    servers.add(
        new Server(relay, Server.Kind.CUTS, direct.directory().resolve(relay.name()), Map.of()));
    try (FreePorts ports = new FreePorts()) {
      for (Server server : direct.servers()) {
        servers.add(
            server.kind() == Server.Kind.FRONT
                ? server
                : relayed(server, servers.size(), direct.of(Server.Kind.MAIN), ports));
      }
    }
    return new ClusterLayout(direct.directory(), servers);
  }

  private static Server relayed(Server server, int number, List<Server> mains, FreePorts ports)
      throws CommandFailed {
    Map<String, Address> addresses = new TreeMap<>(server.addresses());
    addresses.put("source", new Address(loopback(number), 0));
    for (String purpose : TOLD) {
      if (server.address(purpose).isPresent()) {
        addresses.put(purpose + "-behind", server.address(purpose).get());
        addresses.put(purpose, ports.any());
      }
    }
    if (server.kind() == Server.Kind.ZOOKEEPER) {
      // ZooKeeper's client dials from no address of its own: each main has a way of its own.
      for (Server main : mains) {
        addresses.put("client-" + main.id(), ports.any());
      }
    }
    return new Server(
        server.id(),
        server.kind(),
        server.directory(),
        addresses,
        server.location(),
        server.process());
  }

  // All of 127/8 is this machine's, on Linux without asking.
  private static String loopback(int number) {
    return "127.0." + (1 + number / LAST) + "." + (1 + number % LAST);
  }

  /** The relay's ways. */
  static List<Route> routes(ClusterLayout layout) {
    List<Route> routes = new ArrayList<>();
    for (Server server : layout.servers()) {
      for (String purpose : TOLD) {
        server
            .behind(purpose)
            .ifPresent(
                target ->
                    routes.add(
                        new Route(
                            server.address(purpose).orElseThrow(),
                            "",
                            server.id().name(),
                            target)));
      }
      for (Server main : layout.of(Server.Kind.MAIN)) {
        server
            .address("client-" + main.id())
            .ifPresent(
                listen ->
                    routes.add(
                        new Route(
                            listen, main.id().name(), server.id().name(), server.mainAddress())));
      }
    }
    return routes;
  }

  /** Who dials from which address, each {@code address=server}. */
  static List<String> sources(ClusterLayout layout) {
    List<String> sources = new ArrayList<>();
    for (Server server : layout.servers()) {
      server.address("source").ifPresent(source -> sources.add(source.host() + "=" + server.id()));
    }
    return sources;
  }
}
