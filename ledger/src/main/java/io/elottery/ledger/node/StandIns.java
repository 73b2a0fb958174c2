package io.elottery.ledger.node;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.ledger.raft.GroupStatus;
import io.elottery.ledger.raft.RaftGroup;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands for election instead of a writer that is believed dead, in turn with the other survivors.
 *
 * <p>A death is told again and again, by each connection that is refused. Whoever stood at each of
 * these would end the election that another one is about to win, and all of them each other's: so
 * it stands once and waits its votes' time out, and leaves as much to another whom it gave its own
 * vote, also when it is told of the death only after that. On the ledger loop.
 */
final class StandIns {
  private static final Logger log = LoggerFactory.getLogger(StandIns.class);

  /**
   * What is going on in a shard.
   *
   * @param term up to which all votes are given
   * @param stood whether this copy did
   */
  private record Doubt(NodeId dead, long term, boolean stood) {}

  private final NodeLoop loop;
  private final LedgerConfig config;
  private final Function<ShardId, @Nullable RaftGroup> groups;
  private final Map<ShardId, Doubt> doubts = new TreeMap<>();

  /**
   * @param groups the copies held here
   */
  StandIns(NodeLoop loop, LedgerConfig config, Function<ShardId, @Nullable RaftGroup> groups) {
    this.loop = loop;
    this.config = config;
    this.groups = groups;
  }

  /**
   * The writer of the shard is believed dead.
   *
   * @param turn how many survivors stand before this one
   */
  void suspect(ShardId shard, RaftGroup group, NodeId dead, int turn) {
    Doubt known = doubts.get(shard);
    if (known == null || !known.dead.equals(dead)) {
      GroupStatus is = group.status();
      Duration wait = config.standInAfter().multipliedBy(turn);
      boolean late = is.writer().isEmpty() && votedForAnother(group, dead);
      wait(shard, new Doubt(dead, is.term(), false), late ? votes(wait) : wait, wait);
    }
  }

  /** Whether this writer of the shard is believed dead, and nobody else is known to write. */
  boolean doubts(ShardId shard, NodeId writer) {
    Doubt known = doubts.get(shard);
    return known != null && known.dead.equals(writer);
  }

  private Duration votes(Duration turn) {
    return config.raft().electionTimeout().plus(turn);
  }

  private static boolean votedForAnother(RaftGroup group, NodeId dead) {
    return group
        .votedFor()
        .filter(node -> !node.equals(dead) && !node.equals(group.self().node()))
        .isPresent();
  }

  private void wait(ShardId shard, Doubt doubt, Duration time, Duration turn) {
    doubts.put(shard, doubt);
    loop.after(time, () -> due(shard, doubt, turn));
  }

  private void due(ShardId shard, Doubt doubt, Duration turn) {
    if (!doubt.equals(doubts.get(shard))) {
      return; // another server is believed dead since
    }
    RaftGroup group = groups.apply(shard);
    if (group == null) {
      doubts.remove(shard); // its copy here is gone; a later one begins anew
      return;
    }
    GroupStatus is = group.status();
    boolean another = is.writer().filter(writer -> !writer.equals(doubt.dead)).isPresent();
    boolean lives = doubt.stood && is.writer().equals(Optional.of(doubt.dead));
    if (another || lives) {
      doubts.remove(shard);
      return;
    }
    if (is.term() != doubt.term && votedForAnother(group, doubt.dead)) {
      wait(shard, new Doubt(doubt.dead, is.term(), doubt.stood), votes(turn), turn);
    } else {
      if (group.electInsteadOf(doubt.dead)) {
        log.info("{}: stands for writer, because {} is believed dead", shard, doubt.dead);
      }
      wait(shard, new Doubt(doubt.dead, is.term(), true), votes(turn), turn);
    }
  }
}
