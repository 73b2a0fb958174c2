package io.elottery.lottery.command;

import io.elottery.lottery.answer.ActorSize;
import io.elottery.lottery.answer.Census;
import io.elottery.lottery.answer.DrawDetail;
import io.elottery.lottery.answer.DrawLeft;
import io.elottery.lottery.answer.DrawOutcome;
import io.elottery.lottery.answer.DrawSummary;
import io.elottery.lottery.answer.GameView;
import io.elottery.lottery.answer.HistoryItem;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.answer.PartySteps;
import io.elottery.lottery.answer.PartyTask;
import io.elottery.lottery.answer.TicketPending;
import io.elottery.lottery.answer.TicketView;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.draw.PartyKey;
import io.elottery.lottery.draw.SaleEnd;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.money.MoneyBalance;
import io.elottery.lottery.numbers.Numbers;
import io.elottery.lottery.prizes.TierCount;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.results.PastResult;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.ReceiptSeal;
import io.elottery.lottery.ticket.TicketState;
import io.elottery.lottery.ticket.Wager;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** One of each message, with every field told apart. */
final class Samples {
  private static final BranchId TOR = BranchId.of("TOR");
  private static final PlayerId ANNA = PlayerId.parse("TORC0042");
  private static final PlayerId OLGA = PlayerId.parse("TORM0007");
  private static final GameName GAME = GameName.of("lotto649");
  private static final DrawRef DRAW = DrawRef.of("lotto649", "TORM211126-2");
  private static final DrawRef AWAY = DrawRef.of("lotto649", "OTWE211126");
  private static final RequestKey KEY = RequestKey.of("k-1");
  private static final PartyName LEFT = PartyName.of("LEFT");
  private static final Instant AT = Instant.parse("2026-11-21T09:00:00.125Z");
  private static final Octets HASH = octets(32, 0x11);
  private static final Octets SIGNATURE = octets(64, 0x22);
  private static final Money PRICE = Money.of(300, "CAD");
  private static final TicketId TICKET = new TicketId(0x0102030405060708L, -2);
  private static final PartyKey PARTY = new PartyKey(LEFT, octets(32, 0x33));
  private static final PasswordHash PASSWORD =
      new PasswordHash(octets(32, 0x44), octets(16, 0x55), 120_000);
  private static final Line LINE =
      new Line(new TreeMap<>(Map.of("main", List.of(1, 2, 49), "bonus", List.of(9))));
  private static final Numbers NUMBERS =
      new Numbers(new TreeMap<>(Map.of("main", List.of(49, 2, 1))));
  private static final PastResult RESULT =
      new PastResult(
          LocalDate.parse("2015-10-07"), NUMBERS, new TreeMap<>(Map.of("power_play", "3X")));
  private static final Refusal WHY = new Refusal(RefusalCode.DRAW_FULL, "draw", "é sold");
  private static final Receipt RECEIPT =
      new Receipt(
          TICKET,
          DRAW,
          List.of(LINE),
          PRICE,
          4711,
          AT,
          octets(5, 0x66),
          octets(16, 0x77),
          Optional.of(new ReceiptSeal(HASH, SIGNATURE)));
  private static final DrawSummary SUMMARY =
      new DrawSummary(DRAW, DrawState.STALLED, true, AT, 500, 12, PRICE, PRICE, List.of(LEFT), AT);
  private static final DrawOutcome OUTCOME =
      new DrawOutcome(HASH, NUMBERS, List.of(new TierCount("5+1", 2, 3)));
  private static final DrawDetail DETAIL =
      new DrawDetail(
          SUMMARY,
          DrawState.CLOSED,
          AT,
          "{}",
          HASH,
          HASH,
          List.of(
              new PartySteps(PARTY, Optional.of(HASH), Optional.of(SIGNATURE), Optional.empty())),
          Optional.of(new DrawDetail.Closing(99, AT, 12, HASH)),
          Optional.of(OUTCOME),
          77,
          Optional.of(new DrawDetail.Certified(LEFT, AT, SIGNATURE)),
          "why");

  private Samples() {}

  private static Octets octets(int size, int value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return Octets.wrap(bytes);
  }

  static List<LotteryCommand> commands() {
    Requester by = Requester.operator(OLGA, HASH);
    return List.of(
        new AccountCommand.RegisterPlayer(TOR, "Zoë", PASSWORD, PRICE, KEY),
        new AccountCommand.RegisterOperator(TOR, "olga", PASSWORD, KEY),
        new AccountCommand.OpenSession(ANNA, HASH, Duration.ofHours(1)),
        new AccountCommand.CloseSession(ANNA, HASH),
        new CatalogCommand.DefineGame(GAME, "{}", "{ }"),
        new CatalogCommand.ImportResults(GAME, List.of(RESULT)),
        new CatalogCommand.PublishParties("{}"),
        new DrawCommand.OpenDraw(
            by,
            GAME,
            "{}",
            DRAW.id(),
            true,
            500,
            new SaleEnd.After(Duration.ofMinutes(3)),
            List.of(PARTY),
            HASH,
            KEY),
        new DrawCommand.ChangeDraw(by, DRAW, Optional.of(5), Optional.of(AT)),
        new DrawCommand.CancelDraw(Requester.tool("schedule"), DRAW, "why"),
        new DrawCommand.CloseDraw(by, DRAW),
        new DrawCommand.VoidDraw(
            DRAW, "RIGHT is gone", HASH, List.of(new VoidConsent(LEFT, SIGNATURE))),
        new TicketCommand.BuyTicket(ANNA, HASH, DRAW, new Wager.Marked(List.of(LINE)), KEY),
        new TicketCommand.CancelTicket(ANNA, HASH, TICKET),
        new PartyCommand.CommitShare(DRAW, LEFT, HASH),
        new PartyCommand.SignClose(DRAW, LEFT, 12, HASH, SIGNATURE),
        new PartyCommand.RevealShare(DRAW, LEFT, HASH),
        new PartyCommand.CertifyDraw(DRAW, LEFT, AT, SIGNATURE),
        new PartyCommand.DisputeDraw(DRAW, LEFT, "why", SIGNATURE),
        new ForeignCommand.BuyForeign(ANNA, HASH, AWAY, new Wager.QuickPick(2), KEY, PRICE),
        new ForeignCommand.SealForeign(ANNA, AWAY, new Wager.Marked(List.of(LINE)), KEY, PRICE),
        new ForeignCommand.ConfirmForeign(ANNA, RECEIPT, true),
        new ForeignCommand.ReleaseForeign(ANNA, TICKET, WHY),
        new ForeignCommand.WithdrawForeign(ANNA, AWAY, TICKET),
        new ForeignCommand.SettleForeign(
            AWAY,
            TOR,
            DrawState.CERTIFIED,
            "CAD",
            3,
            true,
            List.of(new ForeignCommand.Payment(ANNA, TICKET, 1234))),
        new ForeignCommand.SettlementTaken(AWAY, TOR, 3),
        new Tick(),
        new ForgetEnded(Duration.ofDays(400)));
  }

  static List<LotteryReply> replies() {
    return List.of(
        new LotteryReply.Refused(WHY),
        new LotteryReply.Registered(ANNA, "Zoë", true),
        new LotteryReply.SignedIn(ANNA, AT),
        new LotteryReply.SignedOut(),
        new LotteryReply.GameDefined(GAME, 3, HASH),
        new LotteryReply.ResultsImported(GAME, 1390, 2),
        new LotteryReply.PartiesPublished(4),
        new LotteryReply.DrawAccepted(DRAW, DrawState.OPEN, AT, 500, false),
        new LotteryReply.TicketSealed(RECEIPT, true),
        new LotteryReply.TicketReturned(TICKET, PRICE, false),
        new LotteryReply.StepRecorded(DRAW, LEFT, DrawState.REVEALING, false),
        new LotteryReply.Ticked(2),
        new LotteryReply.TicketPending(TICKET, true),
        new LotteryReply.ForeignRefused(TICKET, WHY),
        new LotteryReply.ForeignNoted(TICKET),
        new LotteryReply.ForeignSettled(AWAY, 3));
  }

  static List<LotteryQuery> queries() {
    Optional<String> cursor = Optional.of("c");
    return List.of(
        new LotteryQuery.SessionOf(ANNA, HASH),
        new LotteryQuery.CredentialsById(ANNA),
        new LotteryQuery.CredentialsByName(TOR, "Zoë"),
        new LotteryQuery.ListDraws(
            TOR, Optional.of(GAME), Optional.of(DrawState.DRAWN), cursor, 50),
        new LotteryQuery.GetDraw(DRAW),
        new LotteryQuery.Leaves(DRAW, 1000, 500),
        new LotteryQuery.TicketById(ANNA, TICKET, Optional.of(DRAW)),
        new LotteryQuery.MyTickets(ANNA, cursor, 50),
        new LotteryQuery.MyHistory(ANNA, cursor, OptionalLong.of(-250), 50),
        new LotteryQuery.Proof(DRAW, TICKET),
        new LotteryQuery.SaleProof(DRAW, TICKET, 4711),
        new LotteryQuery.BundleOf(DRAW),
        new LotteryQuery.ResultOf(DRAW),
        new LotteryQuery.PartyWork(TOR, LEFT),
        new LotteryQuery.Games(),
        new LotteryQuery.GameRules(GAME),
        new LotteryQuery.PastResults(
            GAME, Optional.of(RESULT.date()), Optional.of(RESULT.date()), cursor, 50),
        new LotteryQuery.PartiesFile(),
        new LotteryQuery.Accounts(TOR),
        new LotteryQuery.Actors(TOR, 20),
        new LotteryQuery.Project(TOR, "feed", new TreeMap<>(Map.of("after", "17", "limit", "100"))),
        new LotteryQuery.Availability(TOR, GAME));
  }

  static List<LotteryAnswer> answers() {
    Optional<String> next = Optional.of("n");
    TicketView ticket = new TicketView(RECEIPT, TicketState.WON, Optional.of(PRICE));
    GameView game = new GameView(GAME, 3, "{}", HASH, "{ }");
    return List.of(
        new LotteryAnswer.Unanswered(WHY),
        new LotteryAnswer.SessionFound(ANNA, "Zoë", AT, PRICE),
        new LotteryAnswer.CredentialsFound(ANNA, "Zoë", PASSWORD),
        new LotteryAnswer.DrawsFound(List.of(SUMMARY), next),
        new LotteryAnswer.DrawFound(DETAIL),
        new LotteryAnswer.LeavesFound(1, 3, List.of(HASH)),
        new LotteryAnswer.TicketFound(ticket),
        new LotteryAnswer.TicketMissing(TICKET, true, Optional.of(WHY)),
        new LotteryAnswer.TicketsFound(
            List.of(ticket), List.of(new TicketPending(TICKET, DRAW, PRICE, AT)), next),
        new LotteryAnswer.HistoryFound(
            List.of(
                new HistoryItem(
                    AT,
                    4711,
                    HistoryItem.Kind.BOUGHT,
                    Optional.of(new HistoryItem.About(TICKET, DRAW)),
                    Money.of(-300, "CAD"),
                    PRICE)),
            next),
        new LotteryAnswer.ProofFound(DRAW, TICKET, octets(3, 1), 1, 3, List.of(HASH), HASH),
        new LotteryAnswer.SaleProven(4711, -1, 1, 3, List.of(HASH)),
        new LotteryAnswer.BundleFound(octets(3, 1)),
        new LotteryAnswer.ResultFound(
            DRAW, DrawState.CERTIFIED, Optional.of(OUTCOME), Optional.of(AT)),
        new LotteryAnswer.WorkFound(List.of(new PartyTask(DRAW, PartyTask.Kind.SIGN, AT))),
        new LotteryAnswer.GamesFound(List.of(game)),
        new LotteryAnswer.GameFound(game),
        new LotteryAnswer.PastResultsFound(List.of(RESULT), next),
        new LotteryAnswer.PartiesFound(2, "{}"),
        new LotteryAnswer.AccountsFound(List.of(new MoneyBalance("CAD", 6, 4, 3, -3, 1, 1))),
        new LotteryAnswer.Projected(Octets.wrap("{\"items\":[]}".getBytes(StandardCharsets.UTF_8))),
        new LotteryAnswer.ActorsFound(
            new Census(new Census.Kind(1, 2, 3), new Census.Kind(4, 5, 6)),
            List.of(new ActorSize("powerball/TORE211126-1", ActorSize.Kind.DRAW, 7, 8))),
        new LotteryAnswer.AvailabilityFound(List.of(new DrawLeft(DRAW.id(), 7))));
  }
}
