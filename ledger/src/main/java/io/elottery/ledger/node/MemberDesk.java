package io.elottery.ledger.node;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.time.Timers;
import io.elottery.ledger.raft.GroupCommit;
import io.elottery.ledger.raft.GroupStatus;
import io.elottery.ledger.raft.MemberChanges;
import io.elottery.ledger.raft.RaftGroup;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.MemberStep;
import io.elottery.ledger.ring.Membership;
import io.elottery.ledger.ring.Placement;
import io.elottery.ledger.ring.ReplicaView;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the steps of a change of members at this worker: opens a copy that joins, erases one that
 * was removed, and has the writer change the Raft configuration. On the ledger loop.
 */
final class MemberDesk {
  private static final Logger log = LoggerFactory.getLogger(MemberDesk.class);
  private static final Duration GIVE_UP = Duration.ofSeconds(10);

  private final NodeId self;
  private final Timers timers;
  private final GroupCommit records;
  private final ReplicaBook book;
  private final Map<ShardId, Replica> replicas;
  private final Opener opener;

  /** Opens copies. */
  interface Opener {
    /** From its records, or anew as the line says; it is among the replicas then. */
    void open(ShardId shard, ReplicaBook.Line line);
  }

  /** What became of a step; told once. */
  interface Outcome {
    /** Done, also when it was done before. */
    void done();

    /** Not done, or not known. */
    void refused(String why);
  }

  MemberDesk(
      NodeId self,
      Timers timers,
      GroupCommit records,
      Map<ShardId, Replica> replicas,
      Opener opener) {
    this.self = self;
    this.timers = timers;
    this.records = records;
    this.book = new ReplicaBook(records);
    this.replicas = replicas;
    this.opener = opener;
  }

  /** Opens all copies that the store holds and that are not open yet. */
  void openKept() {
    book.held()
        .forEach(
            (shard, line) -> {
              if (!replicas.containsKey(shard)) {
                opener.open(shard, line);
              }
            });
  }

  /**
   * Opens what the ring gives this worker, if that is one of the first members. One that was placed
   * here later is opened when main says so: with a vote that nobody gave it, it would be a second
   * voter in the place of the one that was lost.
   */
  void openFirst(Placement placement) {
    Optional<Member> own = placement.at(self);
    ShardId shard = placement.shard();
    if (own.isEmpty() || replicas.containsKey(shard) || book.of(shard).isPresent()) {
      return;
    }
    if (placement.changes() == 0) {
      ReplicaBook.Line line =
          new ReplicaBook.Line(ReplicaBook.Kind.FIRST, own.get(), placement.members());
      book.put(shard, line);
      opener.open(shard, line);
    }
  }

  /** Takes a step. */
  void take(MemberStep step, Outcome outcome) {
    switch (step.kind()) {
      case JOIN -> join(step, outcome);
      case LEAVE -> leave(step, outcome);
      case LEARN, SWAP, GROW, SHRINK, PROMOTE, REMOVE, HAND_OVER -> write(step, outcome);
    }
  }

  private void join(MemberStep step, Outcome outcome) {
    Member joins = step.first();
    ShardId shard = step.shard();
    Optional<ReplicaBook.Line> known = book.of(shard);
    if (!joins.node().equals(self)) {
      outcome.refused("expected a copy of " + self + ", not " + joins);
      return;
    }
    if (known.filter(it -> it.self().incarnation() > joins.incarnation()).isPresent()) {
      outcome.refused(known.get().self() + " is newer than " + joins);
      return;
    }
    boolean same = known.filter(it -> it.self().equals(joins)).isPresent();
    if (same && known.get().kind() == ReplicaBook.Kind.ERASED) {
      outcome.refused(joins + " was removed; it does not come back");
      return;
    }
    if (same) {
      if (replicas.containsKey(shard)) {
        outcome.done();
      } else {
        outcome.refused(joins + " is closed, its records are damaged");
      }
      return;
    }
    known.ifPresent(line -> giveUp(shard, line.self()));
    ReplicaBook.Line line = new ReplicaBook.Line(ReplicaBook.Kind.JOINED, joins, step.others());
    book.put(shard, line);
    opener.open(shard, line);
    outcome.done();
  }

  // Also one that was closed because it was damaged: it does not run, but its records are there.
  private void giveUp(ShardId shard, Member old) {
    log.info("{}: {} is given up", shard, old);
    Replica runs = replicas.remove(shard);
    if (runs != null) {
      runs.close();
    }
    RaftGroup.forget(records, shard, old.incarnation());
  }

  private void leave(MemberStep step, Outcome outcome) {
    ShardId shard = step.shard();
    Replica replica = replicas.get(shard);
    Optional<ReplicaBook.Line> known = book.of(shard);
    if (known.isEmpty() || known.get().self().incarnation() > step.first().incarnation()) {
      outcome.done();
      return;
    }
    if (replica != null) {
      Membership own = replica.group().changes().now();
      if (own.settled() && own.index() > step.index() && own.knows(step.first())) {
        outcome.refused(step.first() + " is a member since " + own.index());
        return;
      }
    }
    giveUp(shard, known.get().self());
    book.put(shard, new ReplicaBook.Line(ReplicaBook.Kind.ERASED, step.first(), List.of()));
    log.info("{}: {} was removed at {} and is erased", shard, step.first(), step.index());
    outcome.done();
  }

  private void write(MemberStep step, Outcome outcome) {
    Replica replica = replicas.get(step.shard());
    if (replica == null || !replica.group().writes()) {
      outcome.refused(self + " does not write " + step.shard());
      return;
    }
    RaftGroup group = replica.group();
    MemberChanges changes = group.changes();
    Once once = new Once(outcome);
    timers.after(GIVE_UP, () -> once.refused("not known in time"));
    Member first = step.first();
    switch (step.kind()) {
      case LEARN -> changes.learn(first, once);
      case SWAP -> changes.swap(first, step.others().get(0), once);
      case GROW -> changes.grow(first, step.others().get(0), once);
      case SHRINK -> changes.shrink(first, step.others().get(0), once);
      case PROMOTE -> changes.promote(first, once);
      case REMOVE -> changes.remove(first, once);
      case HAND_OVER -> {
        group.handOver(first);
        once.changed(changes.now());
      }
      case JOIN, LEAVE -> throw new IllegalStateException("taken before: " + step.words());
    }
  }

  /** What all copies know of themselves and of their shards, and whom they refuse for long. */
  List<ReplicaView> views(Map<ShardId, Set<Member>> refused) {
    return replicas.entrySet().stream()
        .map(each -> view(each.getKey(), each.getValue().group(), refused))
        .toList();
  }

  private static ReplicaView view(
      ShardId shard, RaftGroup group, Map<ShardId, Set<Member>> refused) {
    GroupStatus status = group.status();
    MemberChanges changes = group.changes();
    Membership now = changes.now();
    return new ReplicaView(
        shard,
        group.self(),
        status.writes(),
        status.writer(),
        status.term(),
        status.commitIndex(),
        status.appliedIndex(),
        status.lastIndex(),
        now,
        changes.positions(),
        now.learners().stream().filter(changes::isCaughtUp).toList(),
        group.snapshotPieces(),
        group.snapshotPiecesOf(),
        List.copyOf(refused.getOrDefault(shard, Set.of())));
  }

  /** Tells the first outcome only. */
  private static final class Once implements MemberChanges.Outcome {
    private final Outcome outcome;
    private boolean told;

    Once(Outcome outcome) {
      this.outcome = outcome;
    }

    @Override
    public void changed(Membership now) {
      if (!told) {
        told = true;
        outcome.done();
      }
    }

    @Override
    public void refused(String why) {
      if (!told) {
        told = true;
        outcome.refused(why);
      }
    }
  }
}
