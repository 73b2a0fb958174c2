package io.elottery.web.network;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.mailroom.Route;
import io.elottery.ledger.ring.Ring;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Whom a gateway asks: the connected workers of the shard; with none connected the mains in turn,
 * each of which passes on a limited number. A main that answered is not remembered: the workers
 * come first again as soon as one is there. On the gateway's loop.
 */
public final class GatewayRoute implements Route {
  private final Route workers;
  private final Predicate<NodeId> connected;
  private final Set<NodeId> mains;
  private int turn;

  /**
   * @param connected whether a trunk to the server is open
   * @param mains all there are
   */
  public GatewayRoute(
      Supplier<Optional<Ring>> ring, Predicate<NodeId> connected, Collection<NodeId> mains) {
    this.workers = Route.toWorkers(ring);
    this.connected = connected;
    this.mains = new TreeSet<>(mains);
  }

  @Override
  public List<NodeId> candidates(String actorKey) {
    List<NodeId> reached = workers.candidates(actorKey).stream().filter(connected).toList();
    if (!reached.isEmpty()) {
      return reached;
    }
    List<NodeId> inTurn = new ArrayList<>(mains);
    inTurn.removeIf(connected.negate());
    Collections.rotate(inTurn, turn++);
    return inTurn;
  }

  @Override
  public List<NodeId> copies(String actorKey) {
    return workers.candidates(actorKey).stream().filter(connected).toList();
  }

  @Override
  public int shards() {
    return workers.shards();
  }

  @Override
  public List<NodeId> holders(int shard) {
    return workers.holders(shard).stream().filter(connected).toList();
  }

  @Override
  public int group(String actorKey) {
    return workers.group(actorKey);
  }

  @Override
  public boolean remembers(NodeId server) {
    return !mains.contains(server);
  }
}
