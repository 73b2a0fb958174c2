package io.elottery.worker.town;

import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.command.AccountCommand;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.ForeignCommand;
import io.elottery.lottery.command.PartyCommand;
import io.elottery.lottery.command.PasswordHash;
import io.elottery.lottery.command.Requester;
import io.elottery.lottery.draw.PartyKey;
import io.elottery.lottery.draw.SaleEnd;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.rules.Pool;
import io.elottery.lottery.rules.Prize;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.rules.Tier;
import io.elottery.lottery.ticket.Wager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is said to the lottery to get players and draws on sale. */
final class Orders {
  static final long CREDIT = 40_000;
  private static final long PRICE = 100;
  static final Octets TOKEN = Octets.wrap(new byte[32]);
  static final Requester OPERATOR = Requester.tool("schedule");

  private static final Octets ZEROS = Octets.wrap(new byte[32]);
  private static final GameName MINI = GameName.of("mini");
  private static final List<PartyKey> PARTIES =
      Stream.of("AUDITOR", "LEFT", "RIGHT")
          .map(name -> new PartyKey(PartyName.of(name), ZEROS))
          .toList();
  private static final String RULES =
      CanonicalJson.text(
          new Rules(
                  "mini",
                  "Mini",
                  PRICE,
                  "CAD",
                  500,
                  List.of(Pool.of("main", 2, 4), Pool.of("bonus", 1, 2)),
                  List.of(
                      new Tier(
                          "all",
                          new TreeMap<>(Map.of("main", 2, "bonus", 1)),
                          new Prize.Share(1000)),
                      new Tier("one", new TreeMap<>(Map.of("main", 1)), new Prize.Fixed(50))),
                  "all")
              .toJson());

  private Orders() {}

  static AccountCommand register(BranchId branch, String name) {
    return new AccountCommand.RegisterPlayer(
        branch,
        name,
        new PasswordHash(ZEROS, Octets.wrap(new byte[16]), 1),
        Money.of(CREDIT, "CAD"),
        RequestKey.of("register-" + name));
  }

  static AccountCommand signIn(PlayerId player) {
    return new AccountCommand.OpenSession(player, TOKEN, Duration.ofDays(30));
  }

  static DrawCommand open(BranchId branch, int number, int capacity, Duration sale) {
    return new DrawCommand.OpenDraw(
        OPERATOR,
        MINI,
        RULES,
        DrawId.parse(branch + "M211126"),
        true,
        capacity,
        new SaleEnd.After(sale),
        PARTIES,
        ZEROS,
        RequestKey.of("open-" + branch + "-" + number));
  }

  /** A wager in a draw of another branch. */
  static ForeignCommand.BuyForeign abroad(
      PlayerId player, DrawRef draw, int lines, RequestKey key) {
    return new ForeignCommand.BuyForeign(
        player, TOKEN, draw, new Wager.QuickPick(lines), key, Money.of(lines * PRICE, "CAD"));
  }

  static List<PartyCommand> commits(DrawRef draw) {
    return PARTIES.stream()
        .<PartyCommand>map(party -> new PartyCommand.CommitShare(draw, party.name(), ZEROS))
        .toList();
  }
}
