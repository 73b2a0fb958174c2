package io.elottery.worker.town;

import io.elottery.foundation.simulation.SimRandom;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.answer.TicketView;
import io.elottery.lottery.checker.History;
import io.elottery.lottery.checker.Observation;
import io.elottery.lottery.checker.Proof;
import io.elottery.lottery.command.TicketCommand;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.RefusalCode;
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
  // The draw takes no more, whatever comes later.
  private static final Set<RefusalCode> ENDED =
      EnumSet.of(RefusalCode.DRAW_CLOSED, RefusalCode.UNKNOWN_DRAW);

  private final String name;
  private final Sale sale;
  private final Shop shop;
  private final History history;
  private final SimRandom chance;
  private final Duration rest;
  private final List<TicketCommand.BuyTicket> bought = new ArrayList<>();
  private @Nullable PlayerId id;
  private int keys;
  private boolean stopped;
  private boolean idle;

  Buyer(String name, Sale sale, Shop shop, History history, SimRandom chance, Duration rest) {
    this.name = name;
    this.sale = sale;
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
    DrawRef draw = sale.draw();
    int dice = chance.nextInt(100);
    if (dice < 5) {
      read(false, this::next);
    } else if (draw == null) {
      sale.open();
      next();
    } else if (dice < 15 && !bought.isEmpty()) {
      buy(bought.get(chance.nextInt(bought.size())), true);
    } else if (dice < 18 && !bought.isEmpty()) {
      giveBack(bought.get(chance.nextInt(bought.size())));
    } else if (dice < 19) {
      sale.end(draw);
      next();
    } else {
      Wager wager = new Wager.QuickPick(1 + chance.nextInt(2));
      RequestKey key = RequestKey.of(name + "-" + ++keys);
      buy(new TicketCommand.BuyTicket(player(), Orders.TOKEN, draw, wager, key), true);
    }
  }

  private void buy(TicketCommand.BuyTicket wager, boolean first) {
    TicketId ticket = TicketId.of(wager.player(), wager.draw(), wager.key());
    history.add(new Observation.Sent(ticket, sale.branch.toString(), player()));
    shop.send(
        wager,
        reply -> {
          if (reply.isEmpty()) {
            shop.loop().after(AGAIN, () -> buy(wager, false));
          } else if (reply.get() instanceof LotteryReply.TicketSealed sealed) {
            history.add(new Observation.Acknowledged(ticket, Proof.of(sealed.receipt())));
            bought.add(wager);
            next();
          } else {
            refused(wager, ticket, first, ((LotteryReply.Refused) reply.get()).why().code());
          }
        });
  }

  private void refused(
      TicketCommand.BuyTicket wager, TicketId ticket, boolean first, RefusalCode code) {
    if (first || ENDED.contains(code)) {
      history.add(new Observation.Refused(ticket, code.name()));
    }
    if (code == RefusalCode.DRAW_CLOSED || code == RefusalCode.DRAW_FULL) {
      sale.over(wager.draw());
    }
    next();
  }

  private void giveBack(TicketCommand.BuyTicket wager) {
    TicketId ticket = TicketId.of(wager.player(), wager.draw(), wager.key());
    shop.insist(new TicketCommand.CancelTicket(player(), Orders.TOKEN, ticket), reply -> next());
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
            history.listed(player(), view.receipt().ticket(), Proof.of(view.receipt()));
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
