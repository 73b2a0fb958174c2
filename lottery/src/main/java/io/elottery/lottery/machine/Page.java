package io.elottery.lottery.machine;

import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.answer.TicketView;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.ForeignTicket;
import io.elottery.lottery.register.Game;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.results.PastResult;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A page of a list that goes from the latest to the oldest. A cursor names the last item of the
 * page before, so a page stays right while new items come; one that names nothing gives nothing.
 *
 * @param next cursor of the page after; empty when this is the last
 */
record Page<T>(List<T> items, Optional<String> next) {
  private static final int LIMIT_MAX = 500;

  static <T> Page<T> of(
      Iterable<T> rest, Predicate<T> wanted, int limit, Function<T, String> cursor) {
    int most = most(limit);
    List<T> items = new ArrayList<>();
    for (T item : rest) {
      if (wanted.test(item)) {
        if (items.size() == most) {
          return new Page<>(items, Optional.of(cursor.apply(items.get(most - 1))));
        }
        items.add(item);
      }
    }
    return new Page<>(items, Optional.empty());
  }

  /** How many items a page has at most, if so many are asked for. */
  static int most(int limit) {
    return Math.max(1, Math.min(limit, LIMIT_MAX));
  }

  /** The draws after the cursor, latest first; those that run when no others can be wanted. */
  static Iterable<Draw> draws(Branch branch, Optional<DrawState> wanted, Optional<String> cursor) {
    boolean runs =
        wanted
            .map(
                state ->
                    state != DrawState.CERTIFIED
                        && state != DrawState.DISPUTED
                        && state != DrawState.VOID)
            .orElse(false);
    NavigableMap<DrawRef, Draw> draws = runs ? branch.running() : branch.draws();
    if (cursor.isEmpty()) {
      return draws.descendingMap().values();
    }
    try {
      return draws.headMap(DrawRef.parse(cursor.get()), false).descendingMap().values();
    } catch (IllegalArgumentException notACursor) {
      return List.of();
    }
  }

  /**
   * A ticket of a player, in a draw of the player's branch or of another.
   *
   * @param position at home
   */
  record Held(long position, Function<Branch, Optional<TicketView>> show) {
    static Held of(Ticket ticket) {
      return new Held(ticket.position(), home -> Optional.of(Views.ticket(ticket)));
    }

    static Held of(ForeignTicket ticket) {
      return new Held(ticket.asked().position(), home -> Views.ticket(home, ticket));
    }

    Optional<TicketView> view(Branch home) {
      return show.apply(home);
    }
  }

  /** The tickets after the cursor, newest first; of those abroad the ones with a receipt. */
  static Iterable<Held> tickets(Player player, Optional<String> cursor) {
    long before;
    try {
      before = cursor.map(Long::parseLong).orElse(Long.MAX_VALUE);
    } catch (NumberFormatException notACursor) {
      return List.of();
    }
    List<Ticket> here = player.tickets();
    List<ForeignTicket> abroad = player.abroad();
    List<Held> newestFirst = new ArrayList<>();
    int i = here.size() - 1;
    int j = abroad.size() - 1;
    while ((i >= 0 || j >= 0) && newestFirst.size() <= LIMIT_MAX) {
      boolean home = j < 0 || (i >= 0 && here.get(i).position() > abroad.get(j).asked().position());
      if (home) {
        if (here.get(i).position() < before) {
          newestFirst.add(Held.of(here.get(i)));
        }
        i--;
      } else {
        ForeignTicket ticket = abroad.get(j--);
        if (ticket.asked().position() < before && ticket.receipt().isPresent()) {
          newestFirst.add(Held.of(ticket));
        }
      }
    }
    return newestFirst;
  }

  /** A page of a game's past results, between the days asked for. */
  static LotteryAnswer results(Game game, LotteryQuery.PastResults query) {
    Optional<Game.Place> after = query.cursor().flatMap(Page::place);
    if (query.cursor().isPresent() && after.isEmpty()) {
      return QueryDesk.no(RefusalCode.INVALID, "cursor", "expected the cursor of a page");
    }
    NavigableMap<Game.Place, PastResult> before =
        after.map(place -> game.results().headMap(place, false)).orElse(game.results());
    Page<PastResult> page =
        of(
            before.descendingMap().values(),
            result ->
                !query.from().map(result.date()::isBefore).orElse(false)
                    && !query.to().map(result.date()::isAfter).orElse(false),
            query.limit(),
            result -> result.date() + "|" + Game.Place.of(result).kept());
    return new LotteryAnswer.PastResultsFound(page.items(), page.next());
  }

  private static Optional<Game.Place> place(String cursor) {
    int bar = cursor.indexOf('|');
    try {
      return bar < 0
          ? Optional.empty()
          : Optional.of(
              new Game.Place(LocalDate.parse(cursor.substring(0, bar)), cursor.substring(bar + 1)));
    } catch (DateTimeParseException notACursor) {
      return Optional.empty();
    }
  }
}
