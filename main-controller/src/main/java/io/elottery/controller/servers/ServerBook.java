package io.elottery.controller.servers;

import io.elottery.controller.network.NetworkPlan;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.reports.roster.Announce;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Who has announced itself, with which store; the store known under a name never changes here: an
 * empty or other directory under a known name is refused. On main's loop.
 */
public final class ServerBook {
  private final Supplier<NetworkPlan> plan;
  private final Predicate<NodeId> removed;
  private final Map<NodeId, Server> servers = new TreeMap<>();
  private boolean ready;

  /** Empty, not ready. */
  public ServerBook(NetworkPlan plan) {
    this(() -> plan, worker -> false);
  }

  /**
   * Empty, not ready.
   *
   * @param plan the plan in force
   * @param removed who left the network for good, whatever the plan says
   */
  public ServerBook(Supplier<NetworkPlan> plan, Predicate<NodeId> removed) {
    this.plan = plan;
    this.removed = removed;
  }

  /** Takes what was recorded; its stores win over what was heard before. The book is ready. */
  public void load(List<Server> recorded) {
    for (Server server : recorded) {
      Server heard = servers.get(server.id());
      if (heard == null || !sameStore(server.announce(), heard.announce())) {
        servers.put(server.id(), server);
      }
    }
    ready = true;
  }

  /** Takes an announcement, or says why not and changes nothing. */
  public Welcome announced(Peer from, Announce announce) {
    if (!ready) {
      return new Welcome.Refused(
          Announce.NOT_READY, "this main has not read yet who belongs to the network; ask again");
    }
    if (removed.test(from.id())) {
      return new Welcome.Refused(
          Announce.UNKNOWN_SERVER,
          from.id() + " was removed from the network: give the machine a new name and join again");
    }
    if (from.role() == Role.WORKER && !plan.get().workers().containsKey(from.id())) {
      return new Welcome.Refused(
          Announce.UNKNOWN_SERVER, from.id() + " was neither named in network.yaml nor added");
    }
    Server known = servers.get(from.id());
    if (known != null && !sameStore(known.announce(), announce)) {
      return new Welcome.Refused(
          Announce.OTHER_STORE,
          String.format(
              "%s is known with store %s but has store %s: an empty or other directory under a"
                  + " known name; give it back its directory, or join under a new name",
              from.id(), storeOf(known.announce()), storeOf(announce)));
    }
    Server server = new Server(from.id(), from.role(), announce);
    servers.put(from.id(), server);
    return new Welcome.Taken(server, known == null || !known.sameFacts(server));
  }

  /** All, by name. */
  public Map<NodeId, Server> servers() {
    return new TreeMap<>(servers);
  }

  /** Names of all with the role, ascending. */
  public List<NodeId> named(Role role) {
    return servers.values().stream().filter(s -> s.role() == role).map(Server::id).toList();
  }

  /** Where a server's trunk listens, when it said so. */
  public Optional<Address> trunkOf(NodeId id) {
    return Optional.ofNullable(servers.get(id)).flatMap(server -> server.announce().trunk());
  }

  // An announcement without a store (before the ledger has opened) contradicts nothing.
  private static boolean sameStore(Announce known, Announce now) {
    return known.storeId().isEmpty()
        || now.storeId().isEmpty()
        || known.storeId().equals(now.storeId());
  }

  private static String storeOf(Announce announce) {
    return announce.storeId().orElse("none");
  }
}
