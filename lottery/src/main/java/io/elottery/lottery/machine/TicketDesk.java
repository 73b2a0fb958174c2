package io.elottery.lottery.machine;

import io.elottery.lottery.command.TicketCommand;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.register.BatchChance;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.ticket.Wager;
import java.util.List;
import java.util.Optional;

/** Decides about buying and cancelling tickets. */
final class TicketDesk implements TicketCommand.Cases<Decision> {
  private final ShardState state;
  private final Moment moment;

  TicketDesk(ShardState state, Moment moment) {
    this.state = state;
    this.moment = moment;
  }

  @Override
  public Decision buyTicket(TicketCommand.BuyTicket command) {
    Optional<Player> player = state.player(command.player());
    Optional<Refusal> notAllowed =
        SignInCheck.problem(player, command.tokenHash(), PlayerId.Kind.CUSTOMER, moment);
    if (notAllowed.isPresent()) {
      return Decision.refused(notAllowed.get());
    }
    if (!command.draw().branch().equals(command.player().branch())) {
      return Decision.refused(
          RefusalCode.OTHER_BRANCH,
          "draw",
          "%s is of another branch than %s: reserve its stake first"
              .formatted(command.draw(), command.player().branch()));
    }
    TicketId id = TicketId.of(command.player(), command.draw(), command.key());
    Optional<Ticket> repeated =
        state.branch(command.player().branch()).flatMap(branch -> branch.ticket(id));
    if (repeated.isPresent()) {
      return repeated.get().isFor(command.wager())
          ? Decision.known(new LotteryReply.TicketSealed(repeated.get().receipt(), true))
          : Decision.refused(keyReused());
    }
    Optional<Draw> draw = state.draw(command.draw());
    Optional<Refusal> problem =
        draw.isEmpty()
            ? Optional.of(unknown(command.draw()))
            : problem(player.get(), draw.get(), command.wager());
    return problem
        .map(Decision::refused)
        .orElseGet(() -> sealed(id, player.get(), draw.get(), command.wager()));
  }

  static Refusal keyReused() {
    return new Refusal(
        RefusalCode.KEY_REUSED,
        "Idempotency-Key",
        "the key was used for another wager in this draw: take a new key");
  }

  static Refusal unknown(DrawRef draw) {
    return new Refusal(RefusalCode.UNKNOWN_DRAW, "draw", draw + ": no such draw");
  }

  private static Optional<Refusal> problem(Player player, Draw draw, Wager wager) {
    Optional<Refusal> problem = drawProblem(draw, wager);
    return problem.isPresent() ? problem : moneyProblem(player, draw.price().times(count(wager)));
  }

  /** Why the draw does not take the wager, money aside. */
  static Optional<Refusal> drawProblem(Draw draw, Wager wager) {
    if (draw.phase() != DrawState.OPEN) {
      String position =
          draw.closing().map(closed -> " at position " + closed.position()).orElse("");
      return refusal(
          RefusalCode.DRAW_CLOSED, "draw", draw.ref() + " is " + draw.state() + position);
    }
    if (!draw.isOnSale()) {
      return refusal(
          RefusalCode.NOT_ON_SALE,
          "draw",
          draw.ref() + " is not on sale yet: waiting for " + draw.waitingFor() + " to commit");
    }
    Optional<Refusal> lines = wager.match(new LinesProblem(draw.book().rules()));
    if (lines.isPresent()) {
      return lines;
    }
    if (draw.sold() >= draw.capacity()) {
      return refusal(
          RefusalCode.DRAW_FULL,
          "draw",
          draw.ref() + ": all " + draw.capacity() + " tickets are sold");
    }
    return Optional.empty();
  }

  /** Why the player cannot pay it. */
  static Optional<Refusal> moneyProblem(Player player, Money price) {
    if (!player.balance().currency().equals(price.currency())) {
      return refusal(
          RefusalCode.OTHER_CURRENCY,
          "draw",
          "it costs %s, the balance is in %s".formatted(price, player.balance().currency()));
    }
    return player.balance().minorUnits() < price.minorUnits()
        ? refusal(
            RefusalCode.BALANCE_TOO_SMALL,
            "lines",
            "it costs %s, the balance is %s".formatted(price, player.balance()))
        : Optional.empty();
  }

  private static Optional<Refusal> refusal(RefusalCode code, String field, String detail) {
    return Optional.of(new Refusal(code, field, detail));
  }

  /** How many lines. */
  static int count(Wager wager) {
    return wager.match(
        new Wager.Cases<>() {
          @Override
          public Integer marked(Wager.Marked marked) {
            return marked.lines().size();
          }

          @Override
          public Integer quickPick(Wager.QuickPick pick) {
            return pick.lines();
          }
        });
  }

  private Decision sealed(TicketId id, Player player, Draw draw, Wager wager) {
    Ticket ticket = ticket(moment, id, player.id(), draw, wager);
    return Decision.of(
        new LotteryEvent.TicketSealed(ticket),
        () -> new LotteryReply.TicketSealed(ticket.receipt(), false));
  }

  /** The ticket of a wager that the draw takes now. */
  static Ticket ticket(Moment moment, TicketId id, PlayerId player, Draw draw, Wager wager) {
    BatchChance chance = new BatchChance(moment.random(), id);
    Ticket.Marks marks =
        wager.match(
            new Wager.Cases<>() {
              @Override
              public Ticket.Marks marked(Wager.Marked marked) {
                return new Ticket.Marks(draw.book().pack(marked.lines()), false, chance.salt());
              }

              @Override
              public Ticket.Marks quickPick(Wager.QuickPick pick) {
                int[] numbers = chance.quickPick(draw.book(), pick.lines());
                return new Ticket.Marks(numbers, true, chance.salt());
              }
            });
    return new Ticket(id, player, draw, marks, moment.position(), moment.stamp());
  }

  @Override
  public Decision cancelTicket(TicketCommand.CancelTicket command) {
    Optional<Player> player = state.player(command.player());
    Optional<Refusal> notAllowed =
        SignInCheck.problem(player, command.tokenHash(), PlayerId.Kind.CUSTOMER, moment);
    if (notAllowed.isPresent()) {
      return Decision.refused(notAllowed.get());
    }
    Optional<Ticket> mine =
        state
            .branch(command.player().branch())
            .flatMap(branch -> branch.ticket(command.ticket()))
            .filter(ticket -> ticket.player().equals(command.player()));
    if (mine.isEmpty()) {
      return new ForeignDesk(state, moment)
          .cancel(command.player(), command.ticket())
          .orElseGet(
              () ->
                  Decision.refused(
                      RefusalCode.UNKNOWN_TICKET,
                      "ticket",
                      command.ticket() + ": not a ticket of yours"));
    }
    Ticket ticket = mine.get();
    if (ticket.isCancelled()) {
      return Decision.known(new LotteryReply.TicketReturned(ticket.id(), ticket.price(), true));
    }
    if (ticket.draw().phase() != DrawState.OPEN) {
      return Decision.refused(
          RefusalCode.DRAW_CLOSED,
          "ticket",
          ticket.draw().ref() + " is " + ticket.draw().state() + ": its tickets stay");
    }
    return Decision.of(
        new LotteryEvent.TicketCancelled(command.player(), ticket.id()),
        () -> new LotteryReply.TicketReturned(ticket.id(), ticket.price(), false));
  }

  /** Why a game does not allow a wager's lines; empty when it does. */
  private record LinesProblem(Rules rules) implements Wager.Cases<Optional<Refusal>> {
    @Override
    public Optional<Refusal> marked(Wager.Marked wager) {
      List<Line> lines = wager.lines();
      for (int i = 0; i < lines.size() && i < Wager.LINES_MAX; i++) {
        String field = "lines[" + i + "]";
        Optional<Refusal> problem =
            rules
                .problem(lines.get(i))
                .map(
                    why ->
                        new Refusal(
                            RefusalCode.LINE_INVALID, field + "." + why.field(), why.detail()));
        if (problem.isPresent()) {
          return problem;
        }
      }
      return countProblem(lines.size(), "lines");
    }

    @Override
    public Optional<Refusal> quickPick(Wager.QuickPick wager) {
      return countProblem(wager.lines(), "quickPick");
    }

    private static Optional<Refusal> countProblem(int count, String field) {
      return count >= 1 && count <= Wager.LINES_MAX
          ? Optional.empty()
          : refusal(
              RefusalCode.LINES_COUNT,
              field,
              count + " lines: expected 1 … " + Wager.LINES_MAX + " on one ticket");
    }
  }
}
