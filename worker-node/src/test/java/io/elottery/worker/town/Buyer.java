package io.elottery.worker.town;

import io.elottery.foundation.simulation.SimRandom;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.answer.TicketView;
import io.elottery.lottery.checker.History;
import io.elottery.lottery.checker.Observation;
import io.elottery.lottery.checker.Proof;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.command.TicketCommand;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.TicketState;
import io.elottery.lottery.ticket.Wager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A player who buys, asks again with the same key until the answer is known, now and then asks for
 * what is answered already, gives a ticket back, or lists all; everything goes into the history.
 */
final class Buyer {
  private static final Duration AGAIN = Duration.ofMillis(60);
  private static final int PAGE = 200;
  private static final int ABROAD = 3; // one wager in so many, where there is another branch
  // The draw takes no more, whatever comes later.
  private static final Set<RefusalCode> ENDED =
      EnumSet.of(RefusalCode.DRAW_CLOSED, RefusalCode.UNKNOWN_DRAW);

  private final String name;
  private final Sale sale;
  private final Sale away;
  private final Shop shop;
  private final History history;
  private final SimRandom chance;
  private final Duration rest;
  private final List<Order> bought = new ArrayList<>();
  private @Nullable PlayerId id;
  private int keys;
  private int abroad;
  private boolean stopped;
  private boolean idle;

  /** A wager, at the branch whose draw it is in. */
  private record Order(Sale at, DrawRef draw, TicketId ticket, LotteryCommand command) {}

  /**
   * @param sale of its own branch
   * @param away of another one; the same where there is none
   */
  Buyer(
      String name,
      Sale sale,
      Sale away,
      Shop shop,
      History history,
      SimRandom chance,
      Duration rest) {
    this.name = name;
    this.sale = sale;
    this.away = away;
    this.shop = shop;
    this.history = history;
    this.chance = chance;
    this.rest = rest;
  }

  /** Joins, signs in and begins to buy. */
  void begin() {
    shop.insist(
        Orders.register(sale.branch, name),
        reply -> {
          PlayerId joined = ((LotteryReply.Registered) reply).player();
          id = joined;
          history.add(new Observation.Joined(joined, Orders.CREDIT));
          shop.insist(Orders.signIn(joined), signedIn -> next());
        });
  }

  /** Begins nothing more. */
  void stop() {
    stopped = true;
  }

  /** Tickets that it has in draws of another branch, or had. */
  int abroad() {
    return abroad;
  }

  /** Whether everything it asked for is known. */
  boolean isDone() {
    return stopped && idle;
  }

  private void next() {
    if (stopped) {
      idle = true;
      return;
    }
    shop.loop().after(rest, this::act);
  }

  private void act() {
    Sale at = away != sale && chance.nextInt(ABROAD) == 0 ? away : sale;
    DrawRef draw = at.draw();
    int dice = chance.nextInt(100);
    if (dice < 5) {
      read(false, this::next);
    } else if (draw == null) {
      at.open();
      next();
    } else if (dice < 15 && !bought.isEmpty()) {
      buy(bought.get(chance.nextInt(bought.size())), true);
    } else if (dice < 18 && !bought.isEmpty()) {
      giveBack(bought.get(chance.nextInt(bought.size())));
    } else if (dice < 19) {
      at.end(draw);
      next();
    } else {
      buy(order(at, draw, 1 + chance.nextInt(2)), true);
    }
  }

  private Order order(Sale at, DrawRef draw, int lines) {
    RequestKey key = RequestKey.of(name + "-" + ++keys);
    LotteryCommand command =
        at == sale
            ? new TicketCommand.BuyTicket(
                player(), Orders.TOKEN, draw, new Wager.QuickPick(lines), key)
            : Orders.abroad(player(), draw, lines, key);
    return new Order(at, draw, TicketId.of(player(), draw, key), command);
  }

  /**
   * @param sure whether no earlier attempt can be taken later
   */
  private void buy(Order order, boolean sure) {
    history.add(new Observation.Sent(order.ticket, order.at.branch.toString(), player()));
    shop.send(
        order.command,
        reply -> {
          if (reply.isEmpty()) {
            shop.loop().after(AGAIN, () -> buy(order, false));
          } else if (reply.get() instanceof LotteryReply.TicketPending) {
            // Its home knows it: what it says from now on is what its draw has said.
            shop.loop().after(AGAIN, () -> buy(order, true));
          } else if (reply.get() instanceof LotteryReply.TicketSealed sealed) {
            history.add(new Observation.Acknowledged(order.ticket, Proof.of(sealed.receipt())));
            abroad += order.at == sale ? 0 : 1;
            bought.add(order);
            next();
          } else {
            refused(order, sure, ((LotteryReply.Refused) reply.get()).why().code());
          }
        });
  }

  private void refused(Order order, boolean sure, RefusalCode code) {
    if (sure || ENDED.contains(code)) {
      history.add(new Observation.Refused(order.ticket, code.name()));
    }
    if (code == RefusalCode.DRAW_CLOSED || code == RefusalCode.DRAW_FULL) {
      order.at.over(order.draw);
    }
    next();
  }

  private void giveBack(Order order) {
    shop.insist(
        new TicketCommand.CancelTicket(player(), Orders.TOKEN, order.ticket), reply -> next());
  }

  /** Lists all tickets and compares the balance, until that was done. */
  void readLast(Runnable done) {
    shop.loop().post(() -> read(true, done));
  }

  /**
   * Lists all tickets, if that can be done now.
   *
   * @param last whether nothing moves any more: then the balance is compared, too
   */
  void read(boolean last, Runnable then) {
    history.reading(player());
    read(Optional.empty(), last ? new Sum() : null, then);
  }

  /** What the tickets listed so far come to. */
  private static final class Sum {
    private long stakes;
    private long prizes;

    void add(TicketView view) {
      if (view.state() != TicketState.CANCELLED && view.state() != TicketState.RETURNED) {
        stakes += view.receipt().price().minorUnits();
      }
      prizes += view.prize().map(money -> money.minorUnits()).orElse(0L);
    }
  }

  private void read(Optional<String> cursor, @Nullable Sum sum, Runnable then) {
    shop.ask(
        new LotteryQuery.MyTickets(player(), cursor, PAGE),
        answer -> {
          if (!(answer.orElse(null) instanceof LotteryAnswer.TicketsFound page)) {
            if (sum == null) {
              then.run();
            } else {
              shop.loop().after(AGAIN, () -> read(true, then));
            }
            return;
          }
          for (TicketView view : page.items()) {
            history.listed(player(), view.receipt().ticket(), listed(view.receipt()));
            if (sum != null) {
              sum.add(view);
            }
          }
          if (page.next().isPresent()) {
            read(page.next(), sum, then);
          } else {
            history.read(player());
            if (sum == null) {
              then.run();
            } else {
              count(sum, then);
            }
          }
        });
  }

  // A list shows its own shard's receipts without their seals.
  private Proof listed(Receipt receipt) {
    return away == sale || receipt.seal().isPresent()
        ? Proof.of(receipt)
        : Proof.unseen(receipt.position(), receipt.price().minorUnits());
  }

  private void count(Sum sum, Runnable then) {
    shop.ask(
        new LotteryQuery.SessionOf(player(), Orders.TOKEN),
        answer -> {
          if (answer.orElse(null) instanceof LotteryAnswer.SessionFound session) {
            history.balance(player(), sum.stakes, sum.prizes, session.balance().minorUnits());
          }
          then.run();
        });
  }

  private PlayerId player() {
    return Objects.requireNonNull(id);
  }
}
