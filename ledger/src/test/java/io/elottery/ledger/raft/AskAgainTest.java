package io.elottery.ledger.raft;

import static io.elottery.ledger.raft.LoneReplica.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Guard 11: a follower that asked for pre-votes when its writer came back asks again when that
 * writer falls silent for good.
 */
final class AskAgainTest {
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private final LoneReplica replica = new LoneReplica();

  @Test
  void aFollowerWhoseWriterCameBackOnceAsksForAnElectionWhenItFallsSilentAgain() {
    hearsTheWriter();
    replica.pass(SILENCE);
    assertThat(replica.happened).contains("PreVoteRequest worker-3");

    // It lives after all, in the same term: whoever asked for pre-votes waits for nothing now.
    for (int i = 0; i < 10; i++) {
      hearsTheWriter();
      replica.pass(Duration.ofMillis(100));
    }
    replica.happened.clear();
    replica.pass(SILENCE);

    assertThat(replica.happened).contains("PreVoteRequest worker-3");
    assertThat(replica.group.status().writer()).isEmpty();
  }

  @Test
  void whileTheWriterIsHeardNothingIsAskedFor() {
    hearsTheWriter();
    replica.pass(SILENCE);
    replica.happened.clear();

    for (int i = 0; i < 30; i++) {
      hearsTheWriter();
      replica.pass(Duration.ofMillis(100));
    }

    assertThat(replica.happened).noneMatch(it -> it.startsWith("PreVoteRequest"));
  }

  private void hearsTheWriter() {
    replica.arrives(2, append(2, 1, 0, 0));
    replica.turn();
  }
}
