package io.elottery.worker;

import io.elottery.ledger.mailroom.Delivery;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.command.AccountCommand;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.ForeignCommand;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.command.PartyCommand;
import io.elottery.lottery.command.PasswordHash;
import io.elottery.lottery.command.Requester;
import io.elottery.lottery.command.TicketCommand;
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
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.money.MoneyBalance;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.results.GameFile;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.Wager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A player of branch TOR with a draw to buy tickets of. */
final class Seller {
  static final BranchId TOR = BranchId.of("TOR");

  /** What a line costs. */
  static final long STAKE = 200;

  private static final Octets TOKEN = Octets.wrap(new byte[32]);

  private final TestGateway gateway;
  private final BranchId branch;
  private final DrawRef draw;
  private final PlayerId player;

  Seller(TestGateway gateway) throws Exception {
    this(gateway, TOR);
  }

  Seller(TestGateway gateway, BranchId branch) throws Exception {
    this.gateway = gateway;
    this.branch = branch;
    this.draw = new DrawRef(GameName.of("powerball"), DrawId.parse(branch + "M211196"));
    PasswordHash password =
        new PasswordHash(Octets.wrap(new byte[32]), Octets.wrap(new byte[16]), 1);
    player =
        done(
                new AccountCommand.RegisterPlayer(
                    branch, "Ann", password, Money.of(10_000_000, "CAD"), RequestKey.of("ann")),
                LotteryReply.Registered.class)
            .player();
    done(
        new AccountCommand.OpenSession(player, TOKEN, Duration.ofHours(1)),
        LotteryReply.SignedIn.class);
    openDraw();
  }

  private void openDraw() throws Exception {
    Rules rules =
        GameFile.fromYaml(Files.readString(Path.of("..", "deploy", "games", "powerball.yaml")))
            .rules();
    List<PartyKey> parties = new ArrayList<>();
    for (String name : List.of("AUDITOR", "LEFT", "RIGHT")) {
      parties.add(new PartyKey(PartyName.of(name), Octets.wrap(new byte[32])));
    }
    done(
        new DrawCommand.OpenDraw(
            Requester.tool("test"),
            draw.game(),
            CanonicalJson.text(rules.toJson()),
            draw.id(),
            false,
            1_000_000,
            new SaleEnd.After(Duration.ofHours(1)),
            parties,
            Octets.wrap(new byte[32]),
            RequestKey.of("open")),
        LotteryReply.DrawAccepted.class);
    for (PartyKey party : parties) {
      done(
          new PartyCommand.CommitShare(draw, party.name(), Octets.wrap(new byte[32])),
          LotteryReply.StepRecorded.class);
    }
  }

  /** Buys one ticket under that key; completes with its receipt. */
  CompletableFuture<Receipt> buy(String key) {
    LotteryCommand command =
        new TicketCommand.BuyTicket(
            player, TOKEN, draw, new Wager.QuickPick(1), RequestKey.of(key));
    return gateway
        .deliver(command.actorKey(), command.encode())
        .thenApply(delivery -> ((LotteryReply.TicketSealed) reply(delivery)).receipt());
  }

  /** Reserves a stake in another branch's draw; completes with the ticket's id. */
  CompletableFuture<TicketId> reserve(String key, Seller away) {
    LotteryCommand command =
        new ForeignCommand.BuyForeign(
            player,
            TOKEN,
            away.draw,
            new Wager.QuickPick(1),
            RequestKey.of(key),
            Money.of(STAKE, "CAD"));
    return gateway
        .deliver(command.actorKey(), command.encode())
        .thenApply(
            delivery -> {
              LotteryReply reply = reply(delivery);
              return reply instanceof LotteryReply.TicketPending pending
                  ? pending.ticket()
                  : ((LotteryReply.TicketSealed) reply).receipt().ticket();
            });
  }

  /** The ticket as its home shows it; empty while the other branch has not answered. */
  Optional<Receipt> receipt(TicketId ticket) throws Exception {
    LotteryQuery query = new LotteryQuery.TicketById(player, ticket, Optional.empty());
    LotteryAnswer answer =
        LotteryAnswer.decode(body(gateway.ask(query.actorKey(), query.encode()).get()));
    return answer instanceof LotteryAnswer.TicketFound found
        ? Optional.of(found.ticket().receipt())
        : Optional.empty();
  }

  /** Tickets in the draw. */
  int sold() throws Exception {
    LotteryQuery query = new LotteryQuery.GetDraw(draw);
    LotteryAnswer answer =
        LotteryAnswer.decode(body(gateway.ask(query.actorKey(), query.encode()).get()));
    return ((LotteryAnswer.DrawFound) answer).draw().summary().sold();
  }

  /** What one branch gave to another and did not get back. */
  long abroad() throws Exception {
    LotteryQuery query = new LotteryQuery.Accounts(branch);
    LotteryAnswer answer =
        LotteryAnswer.decode(body(gateway.ask(query.actorKey(), query.encode()).get()));
    return ((LotteryAnswer.AccountsFound) answer)
        .balances().stream().mapToLong(MoneyBalance::abroad).sum();
  }

  /** The ids of all tickets of the player, as the writer lists them. */
  List<String> tickets() throws Exception {
    List<String> ids = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      LotteryQuery query = new LotteryQuery.MyTickets(player, cursor, 100);
      Delivery delivery = gateway.ask(query.actorKey(), query.encode()).get();
      LotteryAnswer answer = LotteryAnswer.decode(body(delivery));
      LotteryAnswer.TicketsFound page = (LotteryAnswer.TicketsFound) answer;
      page.items().forEach(ticket -> ids.add(ticket.receipt().ticket().toString()));
      cursor = page.next();
    } while (cursor.isPresent());
    return ids;
  }

  String actorKey() {
    return branch.actorKey();
  }

  private <T extends LotteryReply> T done(LotteryCommand command, Class<T> expected)
      throws Exception {
    LotteryReply reply = reply(gateway.deliver(command.actorKey(), command.encode()).get());
    if (!expected.isInstance(reply)) {
      throw new AssertionError(command + " → " + reply);
    }
    return expected.cast(reply);
  }

  private static LotteryReply reply(Delivery delivery) {
    try {
      return LotteryReply.decode(body(delivery));
    } catch (Exception malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static byte[] body(Delivery delivery) {
    if (delivery instanceof Delivery.Answered answered) {
      return answered.body();
    }
    throw new AssertionError(delivery.toString());
  }
}
