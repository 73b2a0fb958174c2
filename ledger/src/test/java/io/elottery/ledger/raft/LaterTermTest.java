package io.elottery.ledger.raft;

import static io.elottery.ledger.raft.LoneReplica.append;
import static io.elottery.ledger.raft.LoneReplica.preVote;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Guard 14: a follower that is refused a pre-vote for a later term takes that over, and asks again
 * in the one after it.
 */
final class LaterTermTest {
  private final LoneReplica replica = new LoneReplica();

  @BeforeEach
  void theWriterOfTermOneFallsSilent() {
    replica.arrives(2, append(2, 1, 0, 5));
    replica.turn();
    replica.pass(Duration.ofSeconds(2));
    assertThat(replica.happened).contains("PreVoteRequest worker-3");
    replica.happened.clear();
  }

  @Test
  void aLaterTermIsTakenOverAndAskedForAgain() {
    replica.arrives(3, preVote(3, 9, false));
    replica.pass(Duration.ofSeconds(1));

    assertThat(replica.group.status().term()).isEqualTo(9);
    assertThat(replica.happened).contains("PreVoteRequest worker-3");
    // Only votes for the term after that one elect.
    replica.arrives(3, preVote(3, 10));
    replica.arrives(4, preVote(4, 10));
    replica.turn();
    assertThat(replica.group.status().term()).isEqualTo(10);
  }

  @Test
  void refusalsOfTheTermThatWasAskedForMakeNoNewTerm() {
    replica.arrives(3, preVote(3, 2, false));
    replica.pass(Duration.ofSeconds(1));

    assertThat(replica.group.status().term()).isEqualTo(1);
  }

  @Test
  void whoHearsAWriterMeanwhileStaysInItsTerm() {
    replica.arrives(2, append(2, 1, 5, 1));
    replica.arrives(3, preVote(3, 9, false));
    replica.turn();

    assertThat(replica.group.status().term()).isEqualTo(1);
    assertThat(replica.group.status().writer()).isPresent();
  }
}
