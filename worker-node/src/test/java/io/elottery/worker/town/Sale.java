package io.elottery.worker.town;

import io.elottery.foundation.simulation.SimRandom;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.PartyCommand;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.reply.LotteryReply;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A branch's operator: there is always a draw on sale, or on its way to be. */
final class Sale {
  private static final Duration AGAIN = Duration.ofMillis(100);

  final BranchId branch;
  private final Shop shop;
  private final SimRandom chance;
  private @Nullable DrawRef draw;
  private boolean opening;
  private int number;
  private int ending;

  Sale(BranchId branch, Shop shop, SimRandom chance) {
    this.branch = branch;
    this.shop = shop;
    this.chance = chance;
  }

  /** The draw on sale; null while there is none. */
  @Nullable DrawRef draw() {
    return draw;
  }

  /** Whether nothing of the operator's is under way. */
  boolean isDone() {
    return !opening && ending == 0;
  }

  /** Opens the next draw unless that is under way. */
  void open() {
    if (opening) {
      return;
    }
    opening = true;
    draw = null;
    int capacity = chance.nextInt(4) == 0 ? 5 + chance.nextInt(30) : 10_000;
    Duration sale = Duration.ofMillis(chance.between(2_000, 30_000));
    shop.insist(
        Orders.open(branch, ++number, capacity, sale),
        reply -> {
          if (reply instanceof LotteryReply.DrawAccepted accepted) {
            commit(accepted.draw(), Orders.commits(accepted.draw()));
          } else {
            again();
          }
        });
  }

  /** It takes no tickets any more. */
  void over(DrawRef closed) {
    if (closed.equals(draw)) {
      open();
    }
  }

  /** Closes it or cancels it, whose stakes are returned. */
  void end(DrawRef now) {
    ending++;
    shop.insist(
        chance.nextInt(2) == 0
            ? new DrawCommand.CloseDraw(Orders.OPERATOR, now)
            : new DrawCommand.CancelDraw(Orders.OPERATOR, now, "by chance"),
        reply -> {
          ending--;
          over(now);
        });
  }

  private void commit(DrawRef opened, List<PartyCommand> left) {
    if (left.isEmpty()) {
      opening = false;
      draw = opened;
      return;
    }
    shop.insist(
        left.get(0),
        reply -> {
          if (reply instanceof LotteryReply.StepRecorded) {
            commit(opened, left.subList(1, left.size()));
          } else {
            // Its sale ended before all had committed.
            again();
          }
        });
  }

  private void again() {
    shop.loop()
        .after(
            AGAIN,
            () -> {
              opening = false;
              open();
            });
  }
}
