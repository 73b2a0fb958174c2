package io.elottery.lottery.machine;

import io.elottery.lottery.answer.DrawDetail;
import io.elottery.lottery.answer.DrawSummary;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.command.AccountCommand;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.command.Tick;
import io.elottery.lottery.command.TicketCommand;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.ticket.Wager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A seeded stream of commands, most of them sensible, some repeated, some wrong. */
final class RandomLife {
  private static final Set<DrawState> ENDED =
      EnumSet.of(DrawState.CERTIFIED, DrawState.DISPUTED, DrawState.VOID);

  static final int PAGE = 16; // positions

  final Shard shard = new Shard(PAGE);
  private final Random random;
  private final List<PlayerId> players = new ArrayList<>();
  private final List<LotteryCommand> sent = new ArrayList<>();
  private final List<TicketId> tickets = new ArrayList<>();

  RandomLife(long seed) {
    random = new Random(seed);
    for (int i = 0; i < 4; i++) {
      players.add(shard.player("player" + i));
    }
  }

  /** The next command; time may have passed. */
  LotteryCommand next() {
    if (random.nextInt(4) == 0) {
      shard.pass(Duration.ofMillis(random.nextInt(90_000)));
    }
    LotteryCommand command =
        !sent.isEmpty() && random.nextInt(6) == 0 ? sent.get(random.nextInt(sent.size())) : fresh();
    sent.add(command);
    return command;
  }

  private LotteryCommand fresh() {
    List<DrawSummary> draws = draws();
    draws.removeIf(draw -> ENDED.contains(draw.state()) && random.nextInt(20) > 0);
    int dice = random.nextInt(100);
    if (draws.size() < 2 || dice < 3) {
      return shard.opening(1 + random.nextInt(12), Duration.ofSeconds(1 + random.nextInt(900)));
    }
    DrawSummary chosen = draws.get(random.nextInt(draws.size()));
    DrawRef draw = chosen.draw();
    if (!chosen.onSale() && random.nextInt(3) > 0) {
      return step(shard.draw(draw));
    }
    if (dice < 55) {
      return buy(draw);
    }
    if (dice < 60 && !tickets.isEmpty()) {
      PlayerId player = anybody();
      TicketId ticket = tickets.get(random.nextInt(tickets.size()));
      return new TicketCommand.CancelTicket(player, Shard.token(player), ticket);
    }
    if (dice < 62) {
      return new DrawCommand.CancelDraw(Shard.TOOL, draw, "by chance");
    }
    if (dice < 66) {
      return new DrawCommand.CloseDraw(Shard.TOOL, draw);
    }
    if (dice < 68) {
      return new DrawCommand.ChangeDraw(
          Shard.TOOL, draw, Optional.of(random.nextInt(15)), Optional.empty());
    }
    if (dice < 70) {
      return new AccountCommand.RegisterPlayer(
          Shard.TOR, "n" + random.nextInt(50), Shard.password(), Money.of(900, "CAD"), shard.key());
    }
    return dice < 72 ? new Tick() : step(shard.draw(draw));
  }

  private LotteryCommand buy(DrawRef draw) {
    PlayerId player = anybody();
    Wager wager =
        random.nextBoolean()
            ? new Wager.QuickPick(random.nextInt(5))
            : new Wager.Marked(
                List.of(
                    Shard.line(
                        1 + random.nextInt(4), 1 + random.nextInt(5), 1 + random.nextInt(2))));
    TicketCommand.BuyTicket buy =
        new TicketCommand.BuyTicket(player, Shard.token(player), draw, wager, shard.key());
    tickets.add(TicketId.of(player, draw, buy.key()));
    return buy;
  }

  private LotteryCommand step(DrawDetail draw) {
    DrawRef ref = draw.summary().draw();
    PartyName party = DrawParties.ALL.get(random.nextInt(3));
    if (draw.phase() == DrawState.OPEN) {
      return DrawParties.commit(ref, party);
    }
    if (draw.phase() == DrawState.CLOSED) {
      return random.nextInt(20) == 0
          ? DrawParties.reveal(ref, party)
          : shard.parties.signature(ref, party);
    }
    if (draw.phase() == DrawState.REVEALING) {
      return DrawParties.reveal(ref, party);
    }
    return draw.phase() == DrawState.DRAWN ? shard.parties.certificate(ref) : new Tick();
  }

  private PlayerId anybody() {
    return players.get(random.nextInt(players.size()));
  }

  List<DrawSummary> draws() {
    return new ArrayList<>(
        shard
            .found(
                new LotteryQuery.ListDraws(
                    Shard.TOR, Optional.empty(), Optional.empty(), Optional.empty(), 500),
                LotteryAnswer.DrawsFound.class)
            .items());
  }
}
