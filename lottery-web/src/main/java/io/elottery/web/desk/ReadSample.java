package io.elottery.web.desk;

import io.elottery.lottery.query.LotteryQuery;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which reads are answered by several copies that have to agree: every result, and one of a hundred
 * of the others. Never what must not stand in the log (who a player is), and not what is large and
 * proves itself (leaves, bundles), nor a player's history, of which a copy that began with an older
 * snapshot may rightly know less. Any thread.
 */
final class ReadSample {
  private static final int ONE_OF = 100;
  private static final Set<Class<? extends LotteryQuery>> ALWAYS =
      Set.of(LotteryQuery.ResultOf.class, LotteryQuery.PastResults.class);
  private static final Set<Class<? extends LotteryQuery>> SAMPLED =
      Set.of(
          LotteryQuery.GetDraw.class,
          LotteryQuery.ListDraws.class,
          LotteryQuery.TicketById.class,
          LotteryQuery.MyTickets.class,
          LotteryQuery.Availability.class,
          LotteryQuery.Games.class,
          LotteryQuery.GameRules.class);

  private final AtomicLong reads = new AtomicLong();

  boolean isConfirmed(LotteryQuery query) {
    if (ALWAYS.contains(query.getClass())) {
      return true;
    }
    return SAMPLED.contains(query.getClass()) && reads.incrementAndGet() % ONE_OF == 0;
  }
}
