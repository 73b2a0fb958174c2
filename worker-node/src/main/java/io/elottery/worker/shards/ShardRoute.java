package io.elottery.worker.shards;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.mailroom.Route;
import io.elottery.ledger.ring.Ring;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Whom a worker asks about another shard: its members, those first that a trunk leads to. Trunks to
 * the others are asked for, since workers that share no shard have none. On the ledger loop.
 */
final class ShardRoute implements Route {
  private final Route workers;
  private final Predicate<NodeId> reached;
  private final Consumer<NodeId> wanted;

  /**
   * @param reached whether a message could be sent there now
   * @param wanted asks for a trunk to that worker; harmless when it is there
   */
  ShardRoute(Supplier<Optional<Ring>> ring, Predicate<NodeId> reached, Consumer<NodeId> wanted) {
    this.workers = Route.toWorkers(ring);
    this.reached = reached;
    this.wanted = wanted;
  }

  @Override
  public List<NodeId> candidates(String actorKey) {
    List<NodeId> members = workers.candidates(actorKey);
    members.stream().filter(reached.negate()).forEach(wanted);
    List<NodeId> now = members.stream().filter(reached).toList();
    return now.isEmpty() ? members : now;
  }

  @Override
  public int group(String actorKey) {
    return workers.group(actorKey);
  }
}
