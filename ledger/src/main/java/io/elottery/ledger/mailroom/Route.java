package io.elottery.ledger.mailroom;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.shard.ShardId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whom a mailroom asks for an actor. Called on the mailroom's loop. */
public interface Route {
  /** The servers that may know, best first; empty when none is known yet. */
  List<NodeId> candidates(String actorKey);

  /** What answers of one group of actors have in common: who answered last is asked first. */
  int group(String actorKey);

  /** The servers that hold a copy of the actor and can be asked themselves. */
  default List<NodeId> copies(String actorKey) {
    return List.of();
  }

  /** How many shards there are; 0 while that is not known. */
  default int shards() {
    return 0;
  }

  /** The servers that hold a copy of the shard and can be asked themselves. */
  default List<NodeId> holders(int shard) {
    return List.of();
  }

  /**
   * Whether a server that answered is asked first the next time, before the candidates; false for
   * one that is only asked while no better one is there.
   */
  default boolean remembers(NodeId server) {
    return true;
  }

  /** Straight to the workers of the ring; {@code ring} may change between calls. */
  static Route toWorkers(Supplier<Optional<Ring>> ring) {
    return new Route() {
      @Override
      public List<NodeId> candidates(String actorKey) {
        return ring.get()
            .map(now -> now.placement(now.shardOf(actorKey)).nodes())
            .orElse(List.of());
      }

      @Override
      public List<NodeId> copies(String actorKey) {
        return candidates(actorKey);
      }

      @Override
      public int shards() {
        return ring.get().map(Ring::shards).orElse(0);
      }

      @Override
      public List<NodeId> holders(int shard) {
        return ring.get().map(now -> now.placement(new ShardId(shard)).nodes()).orElse(List.of());
      }

      @Override
      public int group(String actorKey) {
        return ring.get().map(now -> now.shardOf(actorKey).number()).orElse(-1);
      }
    };
  }

  /** Through mains, which relay. */
  static Route viaMains(List<NodeId> mains) {
    List<NodeId> fixed = List.copyOf(mains);
    return new Route() {
      @Override
      public List<NodeId> candidates(String actorKey) {
        return fixed;
      }

      @Override
      public int group(String actorKey) {
        return 0;
      }
    };
  }
}
