package io.elottery.reports.roster;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * A worker in the roster.
 *
 * @param location what it shares power and network with
 * @param trunk where its trunk listens (gateways dial it); empty until it has announced itself
 * @param link where its links listen; empty until it has announced itself
 * @param neighbours by name, ascending
 */
public record RosterWorker(
    NodeId id,
    Hemisphere hemisphere,
    Location location,
    Optional<Address> trunk,
    Optional<Address> link,
    List<NodeId> neighbours) {
  /** Sorts and copies the neighbours. */
  public RosterWorker {
    neighbours = neighbours.stream().sorted().distinct().toList();
  }

  /** Somewhere. */
  public RosterWorker(
      NodeId id,
      Hemisphere hemisphere,
      Optional<Address> trunk,
      Optional<Address> link,
      List<NodeId> neighbours) {
    this(id, hemisphere, Location.UNKNOWN, trunk, link, neighbours);
  }
}
