package io.elottery.deploy.cluster;

import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The servers of a local cluster and where each listens.
 *
 * @param directory of the cluster
 * @param servers in the order they are started
 */
public record ClusterLayout(Path directory, List<Server> servers) {
  /** Copies the list. */
  public ClusterLayout {
    servers = List.copyOf(servers);
  }

  /**
   * A fresh layout with ports picked for good, for one process each: with a front before the
   * gateways and an admin listener in every server.
   */
  public static ClusterLayout ofProcesses(Path directory, ClusterShape shape) throws CommandFailed {
    return of(directory, shape, true);
  }

  /** The same, and every connection between two servers leads through one relay. */
  public static ClusterLayout ofCuttableProcesses(Path directory, ClusterShape shape)
      throws CommandFailed {
    return Relayed.through(of(directory, shape, true));
  }

  /** The same for one process that holds them all: the site is the first gateway itself. */
  public static ClusterLayout ofOneProcess(Path directory, ClusterShape shape)
      throws CommandFailed {
    return of(directory, shape, false);
  }

  private static ClusterLayout of(Path directory, ClusterShape shape, boolean processes)
      throws CommandFailed {
    List<Server> servers = new ArrayList<>();
    try (FreePorts ports = new FreePorts()) {
      Address site = ports.wanted(shape.port(), "--port");
      Address staff = ports.wanted(shape.staffPort(), "--staff-port");
      for (int i = 1; i <= shape.zookeepers(); i++) {
        String[] purposes =
            shape.zookeepers() == 1
                ? new String[] {"client"}
                : new String[] {"client", "quorum", "election"};
        add(servers, directory, Server.Kind.ZOOKEEPER, i, addresses(ports, false, purposes));
      }
      for (int i = 1; i <= shape.mains(); i++) {
        add(servers, directory, Server.Kind.MAIN, i, addresses(ports, processes, "trunk"));
      }
      for (int i = 1; i <= shape.workers(); i++) {
        ClusterShape.Spread spread = shape.spread();
        int first = processes ? (i - 1) / spread.perProcess() * spread.perProcess() + 1 : i;
        NodeId id = named(Server.Kind.WORKER, i);
        servers.add(
            new Server(
                id,
                Server.Kind.WORKER,
                directory.resolve(id.name()),
                addresses(ports, processes, "trunk", "link"),
                spread.locationOf(i - 1, shape.workers()),
                named(Server.Kind.WORKER, first)));
      }
      for (int i = 1; i <= shape.auditors(); i++) {
        add(servers, directory, Server.Kind.AUDITOR, i, addresses(ports, processes));
      }
      for (int i = 1; i <= shape.gateways(); i++) {
        Address http = processes || i > 1 ? ports.any() : site;
        Address own = i == 1 ? staff : ports.any();
        add(
            servers,
            directory,
            Server.Kind.GATEWAY,
            i,
            Map.of("http", http, "staff", own, "admin", ports.any()));
      }
      if (processes) {
        servers.add(
            new Server(
                NodeId.of("front"),
                Server.Kind.FRONT,
                directory.resolve("front"),
                Map.of("http", site)));
      }
    }
    return new ClusterLayout(directory, servers);
  }

  /**
   * With more workers, in a process each, behind those that are there and under new names.
   *
   * @param places where they stand, one for each
   */
  public ClusterLayout grown(List<Location> places) throws CommandFailed {
    List<Server> more = new ArrayList<>(servers);
    int last = 0;
    int at = 0;
    for (int i = 0; i < servers.size(); i++) {
      if (servers.get(i).kind() == Server.Kind.WORKER) {
        String name = servers.get(i).id().name();
        last = Math.max(last, Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)));
        at = i + 1;
      }
    }
    try (FreePorts ports = new FreePorts()) {
      for (Location place : places) {
        NodeId id = named(Server.Kind.WORKER, ++last);
        more.add(
            at++,
            new Server(
                id,
                Server.Kind.WORKER,
                directory.resolve(id.name()),
                addresses(ports, true, "trunk", "link"),
                place,
                id));
      }
    }
    return new ClusterLayout(directory, more);
  }

  /** The servers of one kind. */
  public List<Server> of(Server.Kind kind) {
    return servers.stream().filter(server -> server.kind() == kind).toList();
  }

  /** The server of that name. */
  public Optional<Server> server(String name) {
    return servers.stream().filter(server -> server.id().name().equals(name)).findFirst();
  }

  /** Where the site is: the front, or the only gateway. */
  public Address site() {
    List<Server> fronts = of(Server.Kind.FRONT);
    return (fronts.isEmpty() ? of(Server.Kind.GATEWAY) : fronts).get(0).mainAddress();
  }

  /** Where the staff console is: the first gateway's. */
  public Address staff() {
    return of(Server.Kind.GATEWAY).get(0).address("staff").orElseThrow();
  }

  /** Each main as {@code id@host:port}. */
  public List<String> mains() {
    return of(Server.Kind.MAIN).stream().map(main -> main.id() + "@" + main.mainAddress()).toList();
  }

  /** The half each worker belongs to: the first half of them is LEFT's. */
  public Map<NodeId, Hemisphere> halves() {
    Map<NodeId, Hemisphere> halves = new TreeMap<>();
    List<Server> workers = of(Server.Kind.WORKER);
    for (int i = 0; i < workers.size(); i++) {
      halves.put(
          workers.get(i).id(), i < (workers.size() + 1) / 2 ? Hemisphere.LEFT : Hemisphere.RIGHT);
    }
    return halves;
  }

  private static Map<String, Address> addresses(FreePorts ports, boolean admin, String... purposes)
      throws CommandFailed {
    Map<String, Address> addresses = new TreeMap<>();
    for (String purpose : purposes) {
      addresses.put(purpose, ports.any());
    }
    if (admin) {
      addresses.put("admin", ports.any());
    }
    return addresses;
  }

  private static void add(
      List<Server> servers,
      Path directory,
      Server.Kind kind,
      int number,
      Map<String, Address> addresses) {
    NodeId id = named(kind, number);
    servers.add(new Server(id, kind, directory.resolve(id.name()), addresses));
  }

  private static NodeId named(Server.Kind kind, int number) {
    return NodeId.of(kind.text() + "-" + number);
  }
}
