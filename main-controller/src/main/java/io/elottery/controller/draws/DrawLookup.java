package io.elottery.controller.draws;

import io.elottery.lottery.answer.DrawSummary;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.reports.explain.DrawFacts;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Finds out how a draw stands. Futures complete on main's loop. */
public final class DrawLookup {
  private final Supplier<LotteryCalls> lottery;

  /** By these calls, asked for when a draw is looked up. */
  public DrawLookup(Supplier<LotteryCalls> lottery) {
    this.lottery = lottery;
  }

  /** What a shard answers. */
  public enum Answer {
    /** Here it is. */
    FOUND,
    /** There is no such draw. */
    NONE,
    /** Nobody answered. */
    SILENCE
  }

  /**
   * A shard's answer.
   *
   * @param known present when found
   */
  public record Found(Answer answer, Optional<DrawFacts.Known> known) {
    /** Nobody answered. */
    public static final Found SILENCE = new Found(Answer.SILENCE, Optional.empty());
  }

  /** Asks the draw's shard; never fails. */
  public CompletableFuture<Found> look(DrawRef draw) {
    return lottery
        .get()
        .ask(new LotteryQuery.GetDraw(draw))
        .thenApply(answer -> answer.map(DrawLookup::found).orElse(Found.SILENCE));
  }

  private static Found found(LotteryAnswer answer) {
    if (answer instanceof LotteryAnswer.DrawFound found) {
      DrawSummary is = found.draw().summary();
      return new Found(
          Answer.FOUND,
          Optional.of(
              new DrawFacts.Known(
                  is.state().name(),
                  is.onSale(),
                  is.closesAt(),
                  is.waitingFor().stream().map(PartyName::text).toList(),
                  is.since())));
    }
    return answer instanceof LotteryAnswer.Unanswered
        ? new Found(Answer.NONE, Optional.empty())
        : Found.SILENCE;
  }
}
