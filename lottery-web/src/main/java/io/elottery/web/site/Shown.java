package io.elottery.web.site;

import io.elottery.lottery.answer.DrawSummary;
import io.elottery.lottery.answer.TicketPending;
import io.elottery.lottery.answer.TicketView;
import io.elottery.lottery.id.DrawId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.numbers.Numbers;
import io.elottery.lottery.rules.Line;
import io.elottery.lottery.rules.Pool;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.ticket.TicketState;
import io.elottery.web.site.view.Balls;
import io.elottery.web.site.view.DrawCard;
import io.elottery.web.site.view.TicketCard;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The lottery's values as pages show them. Pure. */
final class Shown {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

  private Shown() {}

  static String money(Money money) {
    boolean dollars = money.currency().equals("CAD") || money.currency().equals("USD");
    return dollars ? "$" + money.toString().substring(4) : money.toString();
  }

  static String day(LocalDate date) {
    return DAY.format(date);
  }

  static String slot(DrawId id) {
    String slot = id.slot().name();
    return slot.charAt(0) + slot.substring(1).toLowerCase(Locale.ROOT) + ", " + day(id.date());
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static DrawCard draw(DrawSummary draw, Games games) {
    return new DrawCard(
        draw.draw().game().text(),
        games.title(draw.draw().game()),
        draw.draw().id().toString(),
        draw.draw().branch().code(),
        slot(draw.draw().id()),
        draw.state().name(),
        draw.closesAt(),
        money(draw.price()),
        draw.jackpot().minorUnits() == 0 ? "" : money(draw.jackpot()),
        count(draw.sold()),
        count(Math.max(0, draw.capacity() - draw.sold())));
  }

  static TicketCard ticket(TicketView ticket, Games games, Optional<Numbers> drawn) {
    Optional<Rules> rules = games.rules(ticket.receipt().draw().game());
    List<List<Balls>> lines = new ArrayList<>();
    for (Line line : ticket.receipt().lines()) {
      lines.add(played(line, rules, drawn));
    }
    return new TicketCard(
        ticket.receipt().ticket().toString(),
        ticket.receipt().draw().game().text(),
        games.title(ticket.receipt().draw().game()),
        ticket.receipt().draw().id().toString(),
        ticket.state().name(),
        words(ticket.state()),
        money(ticket.receipt().price()),
        ticket.prize().map(Shown::money).orElse(""),
        Optional.of(ticket.receipt().soldAt()),
        lines);
  }

  /** A wager that another branch's draw has not answered yet. */
  static TicketCard pending(TicketPending ticket, Games games) {
    return new TicketCard(
        ticket.ticket().toString(),
        ticket.draw().game().text(),
        games.title(ticket.draw().game()),
        ticket.draw().id().toString(),
        "PENDING",
        "Waiting for " + ticket.draw().branch(),
        money(ticket.stake()),
        "",
        Optional.empty(),
        List.of());
  }

  private static String words(TicketState state) {
    return switch (state) {
      case SEALED -> "Sealed, waiting for the draw";
      case CANCELLED -> "Cancelled, stake returned";
      case WON -> "Won";
      case LOST -> "No win";
      case RETURNED -> "Draw cancelled, stake returned";
      case CANCELLING -> "Giving it back: the other branch has not answered yet";
    };
  }

  /** A played line; numbers that were drawn are marked. */
  static List<Balls> played(Line line, Optional<Rules> rules, Optional<Numbers> drawn) {
    List<String> pools =
        rules
            .map(known -> known.pools().stream().map(Pool::name).toList())
            .orElseGet(() -> List.copyOf(line.picks().keySet()));
    List<Balls> shown = new ArrayList<>();
    for (String pool : pools) {
      Set<Integer> hits = Set.copyOf(drawn.map(numbers -> numbers.of(pool)).orElse(List.of()));
      List<Balls.Ball> balls = new ArrayList<>();
      for (int number : line.of(pool)) {
        balls.add(new Balls.Ball(number, hits.contains(number), false));
      }
      shown.add(new Balls(pool, shown.isEmpty(), balls));
    }
    return shown;
  }

  /** What was drawn: winning numbers ascending, extra numbers after them. */
  static List<Balls> drawn(Numbers numbers, Optional<Rules> rules) {
    List<Balls> shown = new ArrayList<>();
    if (rules.isEmpty()) {
      numbers.drawn().forEach((pool, drawn) -> shown.add(plain(pool, shown.isEmpty(), drawn)));
      return shown;
    }
    for (Pool pool : rules.get().pools()) {
      List<Integer> drawn = numbers.of(pool.name());
      int winning = Math.min(pool.winning(), drawn.size());
      List<Balls.Ball> balls = new ArrayList<>();
      drawn.subList(0, winning).stream()
          .sorted()
          .forEach(number -> balls.add(new Balls.Ball(number, false, false)));
      drawn
          .subList(winning, drawn.size())
          .forEach(number -> balls.add(new Balls.Ball(number, false, true)));
      shown.add(new Balls(pool.name(), shown.isEmpty(), balls));
    }
    return shown;
  }

  private static Balls plain(String pool, boolean first, List<Integer> numbers) {
    return new Balls(
        pool, first, numbers.stream().map(number -> new Balls.Ball(number, false, false)).toList());
  }
}
