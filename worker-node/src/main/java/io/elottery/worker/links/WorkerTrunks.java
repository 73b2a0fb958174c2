package io.elottery.worker.links;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.heartbeat.trunk.Trunks;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.roster.RosterWorker;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Keeps trunks to the workers that this one has something to tell as a writer of a shard, and to no
 * others. The roster says where they listen. On the supervision loop.
 */
public final class WorkerTrunks {
  private final NodeId self;
  private final Trunks trunks;
  private final Supplier<Roster> roster;
  private final TreeSet<NodeId> wanted = new TreeSet<>();
  private final Map<NodeId, Address> dialled = new TreeMap<>();

  /** Dials nobody before it is asked. */
  public WorkerTrunks(NodeId self, Trunks trunks, Supplier<Roster> roster) {
    this.self = self;
    this.trunks = trunks;
    this.roster = roster;
  }

  /** A trunk to that worker is wanted from now on. */
  public void want(NodeId worker) {
    if (!worker.equals(self) && wanted.add(worker)) {
      dial(worker);
    }
  }

  /** Dials anew where somebody has moved, and nobody who has left. */
  public void rosterChanged() {
    wanted.forEach(this::dial);
  }

  private void dial(NodeId worker) {
    Optional<Address> address =
        roster.get().workers().stream()
            .filter(known -> known.id().equals(worker))
            .findFirst()
            .flatMap(RosterWorker::trunk);
    if (address.isEmpty()) {
      if (dialled.remove(worker) != null) {
        trunks.undial(worker);
      }
    } else if (!address.get().equals(dialled.put(worker, address.get()))) {
      trunks.dial(worker, Role.WORKER, address.get());
    }
  }
}
