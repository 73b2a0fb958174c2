package io.elottery.keyvault.init;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.keyvault.bouncycastle.Shamir;
import io.elottery.keyvault.seal.KdfCost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which servers a new network has.
 *
 * @param name the authority's name
 * @param servers every server by its role: mains, workers, gateways, auditors, ZooKeeper servers
 * @param hosts further DNS names and IPv4 addresses of mains and ZooKeeper servers; on this machine
 *     none are needed
 * @param shards how many receipt keys are made
 * @param cost what a guess at the passphrase costs
 * @param tokenValidity how long the join tokens hold
 * @param pieces how the vault is cut; empty = it opens by passphrase files
 */
public record InitPlan(
    String name,
    Map<Role, List<NodeId>> servers,
    Map<NodeId, List<String>> hosts,
    int shards,
    KdfCost cost,
    Duration tokenValidity,
    Optional<Cut> pieces) {
  /** How long join tokens hold where nothing else is said. */
  public static final Duration TOKEN_VALIDITY = Duration.ofDays(7);

  private static final Set<Role> ROLES =
      Set.of(Role.MAIN, Role.WORKER, Role.GATEWAY, Role.AUDITOR, Role.ZOOKEEPER);

  /**
   * How each compartment's key is cut.
   *
   * @param pieces 2 … 255, each for another person
   * @param threshold how many are needed, from 2
   */
  public record Cut(int pieces, int threshold) {
    /** Checks the ranges. */
    public Cut {
      if (threshold < 2 || threshold > pieces || pieces > Shamir.SHARES_MAX) {
        throw new IllegalArgumentException(
            threshold
                + " of "
                + pieces
                + " pieces: expected at least 2 needed, and 2 … "
                + Shamir.SHARES_MAX
                + " made");
      }
    }
  }

  /** Opening by passphrase files. */
  public InitPlan(
      String name,
      Map<Role, List<NodeId>> servers,
      Map<NodeId, List<String>> hosts,
      int shards,
      KdfCost cost,
      Duration tokenValidity) {
    this(name, servers, hosts, shards, cost, tokenValidity, Optional.empty());
  }

  /** Checks that every name is given once and that there is a main. */
  public InitPlan {
    servers = Map.copyOf(servers);
    hosts = Map.copyOf(hosts);
    List<NodeId> all = new ArrayList<>();
    servers.forEach(
        (role, nodes) -> {
          if (!ROLES.contains(role)) {
            throw new IllegalArgumentException("a plan names no servers of role " + role.text());
          }
          all.addAll(nodes);
        });
    Set<NodeId> seen = new HashSet<>();
    for (NodeId node : all) {
      if (!seen.add(node)) {
        throw new IllegalArgumentException("server " + node + " is planned twice");
      }
    }
    if (servers.getOrDefault(Role.MAIN, List.of()).isEmpty() || shards < 1) {
      throw new IllegalArgumentException("a network has at least one main and one shard");
    }
  }

  /** The servers of a role, in the order given. */
  public List<NodeId> of(Role role) {
    return List.copyOf(servers.getOrDefault(role, List.of()));
  }
}
