package io.elottery.lottery.machine;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.lottery.answer.DrawDetail;
import io.elottery.lottery.answer.HistoryItem;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.command.AccountCommand;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.command.PasswordHash;
import io.elottery.lottery.command.Requester;
import io.elottery.lottery.command.TicketCommand;
import io.elottery.lottery.draw.SaleEnd;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.money.MoneyBalance;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.rules.Pool;
import io.elottery.lottery.rules.Prize;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.rules.Tier;
import io.elottery.lottery.ticket.Wager;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** A machine with a clock, a log and people to play with, for tests. */
public final class Shard {
  static final BranchId TOR = BranchId.of("TOR");
  static final GameName MINI = GameName.of("mini");
  static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
  static final Requester TOOL = Requester.tool("schedule");
  static final Octets BUILD = hash("build");

  public final LotteryMachine machine;
  public final DrawParties parties = new DrawParties(this);
  Instant now = START;
  private final Random random = new Random(7);
  private long position;
  private int keys;

  public Shard() {
    this(TicketPages.POSITIONS);
  }

  /** With pages for so few positions that a short life fills several. */
  Shard(int pagePositions) {
    this(new LotteryMachine(pagePositions));
  }

  /** Of a machine to which nothing has happened. */
  Shard(LotteryMachine machine) {
    this.machine = machine;
  }

  /** Two of four and one of two: every third line wins something. */
  static Rules mini() {
    return new Rules(
        "mini",
        "Mini",
        100,
        "CAD",
        500,
        List.of(Pool.of("main", 2, 4), Pool.of("bonus", 1, 2)),
        List.of(
            new Tier("all", new TreeMap<>(Map.of("main", 2, "bonus", 1)), new Prize.Share(1000)),
            new Tier("one", new TreeMap<>(Map.of("main", 1)), new Prize.Fixed(50))),
        "all");
  }

  static String json(Rules rules) {
    return CanonicalJson.text(rules.toJson());
  }

  static Octets hash(String text) {
    return Octets.wrap(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  static Line line(int one, int two, int bonus) {
    return new Line(new TreeMap<>(Map.of("main", List.of(one, two), "bonus", List.of(bonus))));
  }

  static PasswordHash password() {
    return new PasswordHash(hash("password"), Octets.wrap(new byte[16]), 120_000);
  }

  RequestKey key() {
    return RequestKey.of("key-" + keys++);
  }

  byte[] runBytes(byte[] command) {
    byte[] chance = new byte[32];
    random.nextBytes(chance);
    return machine.execute(now, chance, ++position, command);
  }

  public LotteryReply run(LotteryCommand command) {
    try {
      return LotteryReply.decode(runBytes(command.encode()));
    } catch (MalformedMessage ours) {
      throw new AssertionError(ours);
    }
  }

  /** Runs what must not be refused. */
  <T extends LotteryReply> T done(LotteryCommand command, Class<T> reply) {
    LotteryReply got = run(command);
    if (!reply.isInstance(got)) {
      throw new AssertionError(command + " → " + got);
    }
    return reply.cast(got);
  }

  Refusal refused(LotteryCommand command) {
    return done(command, LotteryReply.Refused.class).why();
  }

  public LotteryAnswer ask(LotteryQuery query) {
    try {
      return LotteryAnswer.decode(machine.query(query.encode(), position));
    } catch (MalformedMessage ours) {
      throw new AssertionError(ours);
    }
  }

  <T extends LotteryAnswer> T found(LotteryQuery query, Class<T> answer) {
    LotteryAnswer got = ask(query);
    if (!answer.isInstance(got)) {
      throw new AssertionError(query + " → " + got);
    }
    return answer.cast(got);
  }

  DrawDetail draw(DrawRef draw) {
    return found(new LotteryQuery.GetDraw(draw), LotteryAnswer.DrawFound.class).draw();
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  static Octets token(PlayerId player) {
    return hash("token of " + player);
  }

  /** Somebody registered and signed in, with 100.00. */
  PlayerId player(String name) {
    return player(TOR, name, 10_000);
  }

  PlayerId player(BranchId branch, String name, long credit) {
    PlayerId id =
        done(
                new AccountCommand.RegisterPlayer(
                    branch, name, password(), Money.of(credit, "CAD"), key()),
                LotteryReply.Registered.class)
            .player();
    signIn(id);
    return id;
  }

  PlayerId operator(BranchId branch, String name) {
    PlayerId id =
        done(
                new AccountCommand.RegisterOperator(branch, name, password(), key()),
                LotteryReply.Registered.class)
            .player();
    signIn(id);
    return id;
  }

  void signIn(PlayerId id) {
    done(
        new AccountCommand.OpenSession(id, token(id), Duration.ofDays(30)),
        LotteryReply.SignedIn.class);
  }

  long balance(PlayerId player) {
    return found(
            new LotteryQuery.SessionOf(player, token(player)), LotteryAnswer.SessionFound.class)
        .balance()
        .minorUnits();
  }

  /** All that is shown to a player of its own life, newest first. */
  List<HistoryItem> history(PlayerId player) {
    return found(
            new LotteryQuery.MyHistory(player, Optional.empty(), 500),
            LotteryAnswer.HistoryFound.class)
        .items();
  }

  DrawCommand.OpenDraw opening(int capacity, Duration sale) {
    return new DrawCommand.OpenDraw(
        TOOL,
        MINI,
        json(mini()),
        DrawId.parse("TORM211126"),
        true,
        capacity,
        new SaleEnd.After(sale),
        parties.keys(),
        BUILD,
        key());
  }

  /** A draw that nobody has committed to yet. */
  DrawRef opened(int capacity, Duration sale) {
    return done(opening(capacity, sale), LotteryReply.DrawAccepted.class).draw();
  }

  /** A draw on sale for ten minutes. */
  DrawRef onSale() {
    return onSale(1000, Duration.ofMinutes(10));
  }

  DrawRef onSale(int capacity, Duration sale) {
    DrawRef draw = opened(capacity, sale);
    parties.commitAll(draw);
    return draw;
  }

  TicketCommand.BuyTicket wager(PlayerId player, DrawRef draw, Line... lines) {
    return new TicketCommand.BuyTicket(
        player, token(player), draw, new Wager.Marked(List.of(lines)), key());
  }

  TicketCommand.BuyTicket quickPick(PlayerId player, DrawRef draw, int lines) {
    return new TicketCommand.BuyTicket(
        player, token(player), draw, new Wager.QuickPick(lines), key());
  }

  LotteryReply.TicketSealed bought(TicketCommand.BuyTicket wager) {
    return done(wager, LotteryReply.TicketSealed.class);
  }

  void close(DrawRef draw) {
    done(new DrawCommand.CloseDraw(TOOL, draw), LotteryReply.DrawAccepted.class);
  }

  MoneyBalance money() {
    return machine.check(TOR).stream()
        .filter(sums -> sums.currency().equals("CAD"))
        .findFirst()
        .orElseThrow();
  }

  Optional<Instant> nextWake() {
    return machine.nextWake();
  }
}
