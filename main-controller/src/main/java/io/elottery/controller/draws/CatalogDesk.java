package io.elottery.controller.draws;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.rosters.RosterKeeper;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.time.Timer;
import io.elottery.foundation.time.Timers;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.command.CatalogCommand;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalog complete while this main acts for LEFT: games and past results of a new
 * network. What is there already is never overwritten by a seed. On main's loop.
 */
public final class CatalogDesk implements Duty {
  private static final Logger log = LoggerFactory.getLogger(CatalogDesk.class);
  private static final Duration ROUND = Duration.ofSeconds(1);

  /** What it needs. */
  public record Ports(
      Timers timers, Hemispheres halves, RosterKeeper roster, LotteryCalls lottery) {}

  private final Ports ports;
  private final Seeds seeds;
  private boolean seeded;
  private boolean busy;
  private @Nullable Timer rounds;

  /** Does nothing until this main acts for LEFT. */
  public CatalogDesk(Ports ports, Seeds seeds) {
    this.ports = ports;
    this.seeds = seeds;
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere == Hemisphere.LEFT && rounds == null) {
      seeded = false;
      rounds = ports.timers.every(ROUND, this::round);
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT && rounds != null) {
      rounds.cancel();
      rounds = null;
    }
  }

  private void round() {
    if (busy || seeded || ports.roster.ring().isEmpty()) {
      return;
    }
    busy = true;
    seed()
        .whenComplete(
            (done, problem) -> {
              busy = false;
              if (problem == null) {
                seeded = done;
              } else {
                log.warn("catalog not complete, tried again soon: {}", problem.toString());
              }
            });
  }

  private CompletableFuture<Boolean> seed() {
    CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
    for (CatalogCommand.DefineGame game : seeds.games()) {
      all =
          all.thenCompose(
              going ->
                  going
                      ? missing(new LotteryQuery.GameRules(game.game()), game)
                      : CompletableFuture.completedFuture(false));
    }
    for (CatalogCommand.ImportResults results : seeds.results()) {
      LotteryQuery first =
          new LotteryQuery.PastResults(
              results.game(), Optional.empty(), Optional.empty(), Optional.empty(), 1);
      all =
          all.thenCompose(
              going -> going ? missing(first, results) : CompletableFuture.completedFuture(false));
    }
    return all;
  }

  // Delivers the command when the catalog has nothing to answer to the query.
  private CompletableFuture<Boolean> missing(LotteryQuery query, LotteryCommand command) {
    return ports
        .lottery
        .ask(query)
        .thenCompose(
            answer -> {
              if (answer.isEmpty()) {
                return CompletableFuture.completedFuture(false);
              }
              return isNothing(answer.get())
                  ? deliver(command)
                  : CompletableFuture.completedFuture(true);
            });
  }

  private static boolean isNothing(LotteryAnswer answer) {
    if (answer instanceof LotteryAnswer.PastResultsFound found) {
      return found.items().isEmpty();
    }
    return answer instanceof LotteryAnswer.Unanswered;
  }

  // A refusal is final: a seed that the lottery refuses once it refuses always.
  private CompletableFuture<Boolean> deliver(LotteryCommand command) {
    return ports
        .lottery
        .deliver(command)
        .thenApply(
            reply -> {
              reply.ifPresent(
                  said -> {
                    if (said instanceof LotteryReply.Refused refused) {
                      log.error("catalog refuses {}: {}", command.tag(), refused.why());
                    } else {
                      log.info("catalog: {}", said);
                    }
                  });
              return reply.isPresent();
            });
  }
}
