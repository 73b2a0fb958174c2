package io.elottery.worker.links;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.Links;
import io.elottery.heartbeat.link.Purpose;
import io.elottery.ledger.ring.Ring;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.roster.RosterWorker;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Opens and closes links as roster and ring say: one to each neighbour, one to each worker that
 * holds a replica of a shard held here. A link is opened once its key is there. On the supervision
 * loop.
 */
public final class LinkKeeper {
  private final NodeId self;
  private final Links links;
  private final Predicate<LinkId> hasKey;
  private final SortedMap<LinkId, Address> wanted = new TreeMap<>();
  private final SortedSet<LinkId> open = new TreeSet<>();

  /**
   * @param hasKey whether this server holds a key of the link
   */
  public LinkKeeper(NodeId self, Links links, Predicate<LinkId> hasKey) {
    this.self = self;
    this.links = links;
    this.hasKey = hasKey;
  }

  /** Roster or ring may differ. */
  public void apply(Roster roster, Optional<Ring> ring) {
    wanted.clear();
    for (RosterWorker worker : roster.workers()) {
      NodeId other = worker.id();
      Optional<Address> address = worker.link();
      if (other.equals(self) || address.isEmpty()) {
        continue;
      }
      if (areNeighbours(roster, worker)) {
        wanted.put(LinkId.between(self, other, Purpose.NEIGHBOUR), address.get());
      }
      if (ring.isPresent() && ring.get().share(self, other)) {
        wanted.put(LinkId.between(self, other, Purpose.REPLICA), address.get());
      }
    }
    for (LinkId link : new TreeSet<>(open)) {
      if (!wanted.containsKey(link)) {
        open.remove(link);
        links.close(link);
      }
    }
    wanted.forEach(this::openWithKey);
  }

  /** A key of the link has arrived. */
  public void keyArrived(LinkId link) {
    Address address = wanted.get(link);
    if (address != null) {
      openWithKey(link, address);
    }
  }

  /** The neighbours there should be links to, whether up or not. */
  public SortedSet<NodeId> neighbours() {
    SortedSet<NodeId> neighbours = new TreeSet<>();
    for (LinkId link : wanted.keySet()) {
      if (link.purpose() == Purpose.NEIGHBOUR) {
        neighbours.add(link.other(self));
      }
    }
    return neighbours;
  }

  private void openWithKey(LinkId link, Address address) {
    if (hasKey.test(link)) {
      open.add(link);
      links.open(link, address);
    }
  }

  // One of two naming the other is enough: a roster may be caught between two edits.
  private boolean areNeighbours(Roster roster, RosterWorker other) {
    return other.neighbours().contains(self)
        || roster.worker(self).filter(own -> own.neighbours().contains(other.id())).isPresent();
  }
}
