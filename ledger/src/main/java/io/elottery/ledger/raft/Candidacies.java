package io.elottery.ledger.raft;

import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.Time;
import io.microraft.RaftEndpoint;
import io.microraft.RaftRole;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.state.RaftState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Guards 15 to 17: how long this replica waits for the votes it stands for, and for another to get
 * those that it gave.
 *
 * <p>MicroRaft stands again, without asking first, when its votes' time runs out (15). One whose
 * log is behind can never win, and raises the term each time, which ends the elections of those who
 * can. Nor does MicroRaft forget the time of a candidacy that ended otherwise (16): it ends a later
 * one too early, and each such end begins one more, until no candidacy is left the time to be
 * answered. And it asks for an election of its own as soon as it has given its vote to another
 * (17), which ends that one wherever votes take longer than a heartbeat.
 *
 * <p>The first time is short, since a fail-over hangs on it. Where it was lost, votes were split or
 * came late: the next ones have twice, four and eight times as long, until a writer is known. All
 * have a part left to chance (Raft thesis §3.4), and more of it than MicroRaft's, which guard 4
 * makes a tenth. On the ledger loop.
 */
final class Candidacies {
  private static final int DOUBLED_MAX = 3;
  private static final long CHANCE_MAX = 60_000;

  private final Duration votes;
  private final Time time;
  private final RandomSource random;
  private @Nullable RaftNodeImpl node;
  private int lost;
  private int leftInTerm;
  private long leftUntilNanos;

  /**
   * @param votes how long votes are waited for at most at first
   */
  Candidacies(Duration votes, Time time, RandomSource random) {
    this.votes = votes;
    this.time = time;
    this.random = random;
  }

  /** Whose they are; a vote that it gave before it was started is no reason to wait. */
  void watch(RaftNodeImpl replica) {
    node = replica;
    leftInTerm = replica.state().term();
    leftUntilNanos = time.nanos();
  }

  /** How long the votes of a candidacy that begins now are waited for. */
  Duration nextTime() {
    if (lost == 0) {
      return plusChance(votes.toMillis() * 3 / 4, votes.toMillis() / 4);
    }
    long doubled = votes.toMillis() << Math.min(lost, DOUBLED_MAX);
    return plusChance(doubled, doubled);
  }

  private Duration plusChance(long least, long chance) {
    return Duration.ofMillis(least + random.nextInt((int) Math.min(chance, CHANCE_MAX) + 1));
  }

  /** The votes' time ran out: stands down, keeps its vote, and asks before it stands again. */
  void over() {
    if (node != null && node.state().role() == RaftRole.CANDIDATE) {
      lost++;
      node.toFollower(node.state().term());
      node.runPreVote();
    }
  }

  /** Whether this replica gave its vote to another, who may still be elected with it. */
  boolean leftToAnother() {
    if (node == null || !gaveItsVote(node.state())) {
      return false;
    }
    long now = time.nanos();
    if (node.state().term() != leftInTerm) {
      leftInTerm = node.state().term();
      leftUntilNanos = now + nextTime().toNanos();
      lost++;
    }
    return now - leftUntilNanos < 0;
  }

  private static boolean gaveItsVote(RaftState state) {
    RaftEndpoint voted = state.votedEndpoint();
    return state.role() == RaftRole.FOLLOWER
        && state.leader() == null
        && voted != null
        && !voted.equals(state.localEndpoint());
  }

  /** A message was handled. */
  void heard() {
    if (lost > 0 && node != null && node.state().leader() != null) {
      lost = 0;
    }
  }
}
