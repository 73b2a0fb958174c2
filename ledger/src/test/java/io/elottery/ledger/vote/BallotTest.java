package io.elottery.ledger.vote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.ledger.call.Testimony;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is right when replicas differ. */
final class BallotTest {
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final NodeId TWO = NodeId.of("worker-2");
  private static final NodeId THREE = NodeId.of("worker-3");
  private static final NodeId FOUR = NodeId.of("worker-4");

  @Test
  void twoAgainstOneAreRight() {
    Ballot ballot =
        Ballot.empty()
            .with(ONE, says("yes", 9))
            .with(TWO, says("no", 9))
            .with(THREE, says("yes", 9));

    assertThat(ballot.right().orElseThrow().answer()).isEqualTo("yes".getBytes(UTF_8));
    assertThat(ballot.said())
        .containsEntry(ONE, Said.RIGHT)
        .containsEntry(TWO, Said.WRONG)
        .containsEntry(THREE, Said.RIGHT);
  }

  @Test
  void nothingIsRightThatOnlyOneSays() {
    Ballot ballot = Ballot.empty().with(ONE, says("yes", 9)).with(TWO, Optional.empty());

    assertThat(ballot.right()).isEmpty();
    assertThat(ballot.said()).isEmpty();
    assertThat(ballot.contradicts()).isFalse();
  }

  @Test
  void nothingIsRightWhereTwoStandAgainstTwo() {
    Ballot ballot =
        Ballot.empty()
            .with(ONE, says("yes", 9))
            .with(TWO, says("no", 9))
            .with(THREE, says("yes", 9))
            .with(FOUR, says("no", 9));

    assertThat(ballot.right()).isEmpty();
    assertThat(ballot.contradicts()).isTrue();
  }

  @Test
  void theSameAnswerFromAnotherPositionIsAnotherAnswer() {
    Ballot ballot =
        Ballot.empty()
            .with(ONE, says("yes", 9))
            .with(TWO, says("yes", 9))
            .with(THREE, says("yes", 8));

    assertThat(ballot.said()).containsEntry(THREE, Said.WRONG);
  }

  @Test
  void whoDoesNotAnswerIsSilentAndWhoForgesIsWrong() {
    Ballot ballot =
        Ballot.empty()
            .with(ONE, says("yes", 9))
            .with(TWO, says("yes", 9))
            .with(THREE, Optional.empty())
            .withForged(FOUR);

    assertThat(ballot.said()).containsEntry(THREE, Said.SILENT).containsEntry(FOUR, Said.WRONG);
  }

  private static Optional<Testimony> says(String answer, long position) {
    return Optional.of(
        new Testimony(
            new ShardId(0),
            new byte[16],
            new LogPosition(position),
            answer.getBytes(UTF_8),
            Testimony.Seal.NONE));
  }
}
