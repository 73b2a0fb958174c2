package io.elottery.ledger.raft;

import static io.elottery.ledger.raft.LoneReplica.append;
import static io.elottery.ledger.raft.LoneReplica.preVote;
import static io.elottery.ledger.raft.LoneReplica.vote;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Guard 16: a candidacy has its own time, and the next one more of it. */
final class CandidacyTest {
  private static final Duration VOTES = RaftSettings.defaults().electionTimeout();
  private static final Duration HALF = VOTES.dividedBy(2);

  private final LoneReplica replica = new LoneReplica();

  @Test
  void theTimeOfAnEarlierCandidacyDoesNotEndTheNext() {
    believesDead(2, 1);
    assertThat(term()).isEqualTo(2);
    replica.pass(HALF);

    // Another was elected meanwhile, and is dead already.
    believesDead(3, 3);
    assertThat(term()).isEqualTo(4);
    replica.pass(VOTES.multipliedBy(3).dividedBy(4).minusMillis(10));
    isElected(4);

    assertThat(replica.group.writes()).isTrue();
  }

  @Test
  void whoIsNotElectedAsksBeforeItStandsAgain() {
    believesDead(2, 1);
    replica.happened.clear();
    replica.pass(VOTES.plus(HALF).plus(HALF));

    assertThat(term()).isEqualTo(2);
    assertThat(replica.happened)
        .contains("PreVoteRequest worker-3")
        .noneMatch(it -> it.startsWith("VoteRequest"));
  }

  @Test
  void votesThatComeLateElectInTheEnd() {
    Duration late = VOTES.multipliedBy(3);
    believesDead(2, 1);
    int elections = 1;
    while (!replica.group.writes()) {
      assertThat(elections).isLessThan(8);
      int term = term();
      replica.pass(late);
      isElected(term);
      if (!replica.group.writes()) {
        replica.arrives(3, preVote(3, term() + 1));
        replica.arrives(4, preVote(4, term() + 1));
        replica.turn();
        elections++;
      }
    }
  }

  @Test
  void onceAWriterIsKnownTheTimeIsShortAgain() {
    believesDead(2, 1);
    for (int lost = 0; lost < 3; lost++) {
      replica.pass(VOTES.multipliedBy(20));
      replica.arrives(3, preVote(3, term() + 1));
      replica.arrives(4, preVote(4, term() + 1));
      replica.turn();
    }
    int later = term() + 1;
    believesDead(3, later);
    replica.happened.clear();
    replica.pass(VOTES.plus(HALF).plus(HALF));

    assertThat(replica.happened).contains("PreVoteRequest worker-3");
  }

  private void believesDead(int writer, int term) {
    replica.arrives(writer, append(writer, term, 0, 0));
    replica.turn();
    replica.group.electInsteadOf(LoneReplica.MEMBERS.get(writer - 1).node());
    replica.turn();
  }

  private void isElected(int term) {
    replica.arrives(4, vote(4, term));
    replica.arrives(5, vote(5, term));
    replica.turn();
  }

  private int term() {
    return replica.group.status().term();
  }
}
