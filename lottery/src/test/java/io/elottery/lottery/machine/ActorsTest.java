package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.answer.ActorSize;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.query.LotteryQuery;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What actors take in memory, for whoever looks for the large ones. */
class ActorsTest {
  private final Shard shard = new Shard();

  @Test
  void theLargestComeFirstAndNoMoreThanWereAskedFor() {
    PlayerId anna = shard.player("anna");
    DrawRef small = shard.onSale(10, Duration.ofHours(1));
    DrawRef large = shard.onSale(10, Duration.ofHours(1));
    shard.bought(shard.quickPick(anna, large, 1));
    shard.bought(shard.quickPick(anna, large, 1));

    LotteryAnswer.ActorsFound found = ask(Shard.TOR, 2);

    assertThat(found.largest())
        .extracting(ActorSize::id)
        .containsExactly(large.toString(), small.toString());
    assertThat(found.largest().get(0).tickets()).isEqualTo(2);
    assertThat(found.largest().get(0).bytes()).isGreaterThan(found.largest().get(1).bytes());
    assertThat(found.all().draws().actors()).isEqualTo(2);
    assertThat(found.all().draws().tickets()).isEqualTo(2);
    assertThat(found.all().draws().bytes())
        .isEqualTo(found.largest().stream().mapToLong(ActorSize::bytes).sum());
    ActorSize last = ask(Shard.TOR, 100).largest().get(2);
    assertThat(last.id()).isEqualTo(anna.toString());
    assertThat(last.kind()).isEqualTo(ActorSize.Kind.PLAYER);
  }

  @Test
  void aBranchWithoutActorsHasNone() {
    LotteryAnswer.ActorsFound found = ask(BranchId.of("MTL"), 5);

    assertThat(found.largest()).isEmpty();
    assertThat(found.all().players().bytes()).isZero();
  }

  private LotteryAnswer.ActorsFound ask(BranchId branch, int most) {
    return (LotteryAnswer.ActorsFound) shard.ask(new LotteryQuery.Actors(branch, most));
  }
}
