package io.elottery.lottery.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.ForeignCommand;
import io.elottery.lottery.command.TicketCommand;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.money.MoneyBalance;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.TicketState;
import io.elottery.lottery.ticket.Wager;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Wagers between two shards while messages are lost, repeated and reordered and writers crash:
 * money is conserved, a ticket is in its draw at most once, and no wager is ever half. One seed:
 * {@code -Dseed=…}; more: {@code -Dseeds=…}.
 */
@Tag("sim")
class ForeignWagerSimulation {
  private static final int SEEDS = Integer.getInteger("seeds", 1_000);
  private static final int STEPS = 60;
  private static final int DRAWN_EVERY = 25; // seeds: the ceremony's signatures cost most

  @Test
  void noWagerBetweenTwoShardsIsEverHalf() {
    EnumMap<TicketState, Integer> seen = new EnumMap<>(TicketState.class);
    EnumMap<RefusalCode, Integer> refused = new EnumMap<>(RefusalCode.class);
    Long only = Long.getLong("seed");
    for (long seed = only == null ? 1 : only; seed <= (only == null ? SEEDS : only); seed++) {
      try {
        new Life(seed, seen, refused).live();
      } catch (RuntimeException | AssertionError failed) {
        throw new AssertionError(
            "seed " + seed + ": run again with -Dseed=" + seed + ": " + failed.getMessage(),
            failed);
      }
    }
    if (only == null && SEEDS >= 100) {
      assertThat(seen.keySet())
          .contains(TicketState.CANCELLED, TicketState.WON, TicketState.LOST, TicketState.RETURNED);
      assertThat(refused.keySet())
          .contains(
              RefusalCode.DRAW_FULL,
              RefusalCode.DRAW_CLOSED,
              RefusalCode.PRICE_DIFFERS,
              RefusalCode.WITHDRAWN);
    }
  }

  /** One seed. */
  private static final class Life {
    private final Map<TicketState, Integer> seen;
    private final Map<RefusalCode, Integer> refused;
    private final Random random;
    private final TwoShards world;
    private final List<PlayerId> players = new ArrayList<>();
    private final List<DrawRef> draws = new ArrayList<>();
    private final List<ForeignCommand.BuyForeign> wagers = new ArrayList<>();
    private final Map<TicketId, Receipt> receipts = new TreeMap<>();
    private final TreeSet<TicketId> refusedForGood = new TreeSet<>();
    private final boolean drawn;

    Life(long seed, Map<TicketState, Integer> seen, Map<RefusalCode, Integer> refused) {
      this.seen = seen;
      this.refused = refused;
      this.random = new Random(seed);
      this.world = new TwoShards(random);
      this.drawn = seed % DRAWN_EVERY == 0;
      for (BranchId branch : List.of(TwoShards.TOR, TwoShards.OTW)) {
        for (int i = 0; i < 2; i++) {
          players.add(world.shard(branch).player(branch, "p" + i, 300 + random.nextInt(3_000)));
        }
        draws.add(world.onSale(branch, 1 + random.nextInt(8)));
      }
    }

    void live() {
      for (int step = 0; step < STEPS; step++) {
        step();
        assertThat(world.money()).allMatch(MoneyBalance::isConserved);
        assertThat(world.onItsWay()).isNotNegative();
      }
      end();
    }

    private void step() {
      int dice = random.nextInt(100);
      if (dice < 22) {
        buy(wagers.isEmpty() || random.nextInt(5) > 0 ? fresh() : any(wagers));
      } else if (dice < 42) {
        world.send(random.nextBoolean() ? TwoShards.TOR : TwoShards.OTW);
      } else if (dice < 80) {
        world.arrive();
      } else if (dice < 84) {
        world.lose();
      } else if (dice < 88) {
        world.crash(random.nextBoolean() ? TwoShards.TOR : TwoShards.OTW);
      } else if (dice < 94 && !wagers.isEmpty()) {
        cancel(any(wagers));
      } else if (dice == 94) {
        DrawRef draw = any(draws);
        shardOf(draw).run(new DrawCommand.CloseDraw(Shard.TOOL, draw));
      } else if (dice == 95) {
        DrawRef draw = any(draws);
        shardOf(draw).run(new DrawCommand.CancelDraw(Shard.TOOL, draw, "by chance"));
      } else if (dice == 96) {
        DrawRef draw = any(draws);
        shardOf(draw)
            .run(
                new DrawCommand.ChangeDraw(
                    Shard.TOOL, draw, Optional.of(1 + random.nextInt(12)), Optional.empty()));
      } else {
        PlayerId player = any(players);
        DrawRef here = draws.get(player.branch().equals(TwoShards.TOR) ? 0 : 1);
        Shard home = world.shard(player.branch());
        home.run(home.quickPick(player, here, 1 + random.nextInt(2)));
      }
    }

    private <T> T any(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }

    private Shard shardOf(DrawRef draw) {
      return world.shard(draw.branch());
    }

    private ForeignCommand.BuyForeign fresh() {
      PlayerId player = any(players);
      DrawRef away = draws.get(player.branch().equals(TwoShards.TOR) ? 1 : 0);
      int lines = 1 + random.nextInt(3);
      Wager wager =
          random.nextInt(3) > 0
              ? new Wager.QuickPick(lines)
              : new Wager.Marked(List.of(Shard.line(1, 2 + random.nextInt(4), 1)));
      int count = wager instanceof Wager.QuickPick ? lines : 1;
      long stake = random.nextInt(15) == 0 ? 50 : Shard.mini().price() * count;
      ForeignCommand.BuyForeign buy =
          new ForeignCommand.BuyForeign(
              player,
              Shard.token(player),
              away,
              wager,
              world.shard(player.branch()).key(),
              Money.of(stake, "CAD"));
      wagers.add(buy);
      return buy;
    }

    private void buy(ForeignCommand.BuyForeign buy) {
      TicketId id = TicketId.of(buy.player(), buy.draw(), buy.key());
      LotteryReply reply = world.shard(buy.player().branch()).run(buy);
      if (reply instanceof LotteryReply.TicketSealed sealed) {
        assertThat(refusedForGood).doesNotContain(id);
        Receipt before = receipts.putIfAbsent(id, sealed.receipt());
        assertThat(before == null ? sealed.receipt() : before).isEqualTo(sealed.receipt());
      } else if (reply instanceof LotteryReply.Refused no) {
        RefusalCode code = no.why().code();
        if (code != RefusalCode.BALANCE_TOO_SMALL && code != RefusalCode.LIMIT) {
          refused.merge(code, 1, Integer::sum);
          assertThat(receipts).doesNotContainKey(id);
          refusedForGood.add(id);
        }
      } else {
        assertThat(reply).isInstanceOf(LotteryReply.TicketPending.class);
        assertThat(receipts).doesNotContainKey(id);
        assertThat(refusedForGood).doesNotContain(id);
      }
    }

    private void cancel(ForeignCommand.BuyForeign buy) {
      world
          .shard(buy.player().branch())
          .run(
              new TicketCommand.CancelTicket(
                  buy.player(),
                  Shard.token(buy.player()),
                  TicketId.of(buy.player(), buy.draw(), buy.key())));
    }

    private void end() {
      world.settle();
      if (drawn || random.nextBoolean()) {
        draws.forEach(this::finish);
        world.settle();
      }

      assertThat(world.money()).allMatch(MoneyBalance::isConserved);
      assertThat(world.onItsWay()).isZero();
      wagers.forEach(this::isWhole);
      players.forEach(player -> Histories.addUp(world.shard(player.branch()), player));
    }

    private void finish(DrawRef draw) {
      Shard shard = shardOf(draw);
      if (shard.draw(draw).phase() == DrawState.VOID) {
        return;
      }
      if (drawn) {
        shard.close(draw);
        shard.parties.finish(draw);
      } else {
        shard.run(new DrawCommand.CancelDraw(Shard.TOOL, draw, "the end"));
        shard.run(new DrawCommand.CloseDraw(Shard.TOOL, draw));
      }
    }

    // Home and draw say the same of it, and so does the list of leaves where it is closed.
    private void isWhole(ForeignCommand.BuyForeign buy) {
      TicketId id = TicketId.of(buy.player(), buy.draw(), buy.key());
      LotteryAnswer home =
          world
              .shard(buy.player().branch())
              .ask(new LotteryQuery.TicketById(buy.player(), id, Optional.empty()));
      long copies = copiesAtDraw(buy.draw(), id);
      if (home instanceof LotteryAnswer.TicketFound found) {
        TicketState state = found.ticket().state();
        seen.merge(state, 1, Integer::sum);
        assertThat(state).isNotEqualTo(TicketState.CANCELLING);
        assertThat(copies).as("%s is %s", id, state).isEqualTo(there(state) ? 1 : 0);
        assertThat(receipts.getOrDefault(id, found.ticket().receipt()))
            .isEqualTo(found.ticket().receipt());
        assertThat(refusedForGood).doesNotContain(id);
      } else {
        LotteryAnswer.TicketMissing missing = (LotteryAnswer.TicketMissing) home;
        assertThat(missing.mayStillCome()).isFalse();
        assertThat(copies).isZero();
        assertThat(receipts).doesNotContainKey(id);
      }
    }

    private static boolean there(TicketState state) {
      return state != TicketState.CANCELLED;
    }

    private long copiesAtDraw(DrawRef draw, TicketId id) {
      return shardOf(draw).machine.ticketsOf(draw).stream().filter(id::equals).count();
    }
  }
}
