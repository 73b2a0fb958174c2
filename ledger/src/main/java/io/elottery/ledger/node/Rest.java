package io.elottery.ledger.node;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.time.Timer;
import io.elottery.foundation.time.Timers;
import io.elottery.ledger.raft.RaftGroup;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.Placement;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is to write nothing. A server that rests hands over what it writes, whenever it came to write
 * it, to a member that does not rest, answered lately and has nearly all entries; it keeps its
 * copies and its votes. Where no such member is, it goes on writing: a shard without a writer would
 * be worse. On the ledger loop.
 */
final class Rest {
  private static final Logger log = LoggerFactory.getLogger(Rest.class);
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final Duration LATELY = Duration.ofMillis(1500);
  private static final Duration TRIED_AGAIN = Duration.ofSeconds(1);
  private static final long LAG_MAX = 1_000; // entries; the old writer waits for the new one

  private final NodeId self;
  private final Timers timers;
  private final Held held;
  private final Map<ShardId, Long> tried = new TreeMap<>(); // when, in nanoseconds
  private Set<NodeId> resting = Set.of();

  /** The replicas held. */
  interface Held {
    /** Each with its place. */
    void forEach(Visitor visitor);

    /** The monotonic clock. */
    long nanos();
  }

  /** Sees one replica. */
  interface Visitor {
    /** One. */
    void visit(Placement placement, RaftGroup group);
  }

  Rest(NodeId self, Timers timers, Held held) {
    this.self = self;
    this.timers = timers;
    this.held = held;
  }

  /** Looks now and then. */
  Timer start() {
    return timers.every(PERIOD, this::look);
  }

  /** Exactly these rest from now on. */
  void rests(Set<NodeId> who) {
    resting = Set.copyOf(who);
    tried.clear();
    look();
  }

  /** Whether this server rests. */
  boolean isResting() {
    return resting.contains(self);
  }

  /** Who could take the writing of a shard from this server, the preferred one first. */
  List<Member> successors(Placement placement, RaftGroup group) {
    Set<Member> now = new TreeSet<>(group.successors(LATELY, LAG_MAX));
    now.removeIf(member -> resting.contains(member.node()));
    List<Member> able = new ArrayList<>(placement.members());
    able.retainAll(now);
    // Who the ring does not know yet comes last.
    now.stream().filter(member -> !able.contains(member)).forEach(able::add);
    return able;
  }

  private void look() {
    if (isResting()) {
      held.forEach(this::handOver);
    }
  }

  private void handOver(Placement placement, RaftGroup group) {
    if (!group.writes()) {
      tried.remove(placement.shard());
      return;
    }
    long now = held.nanos();
    Long last = tried.get(placement.shard());
    if (last != null && now - last < TRIED_AGAIN.toNanos()) {
      return;
    }
    Optional<Member> to = successors(placement, group).stream().findFirst();
    if (to.isPresent()) {
      tried.put(placement.shard(), now);
      log.info("{}: {} rests and hands the writing to {}", placement.shard(), self, to.get());
      group.handOver(to.get());
    }
  }
}
