package io.elottery.lottery.machine;

import io.elottery.lottery.answer.HistoryItem;
import io.elottery.lottery.answer.HistoryItem.About;
import io.elottery.lottery.answer.HistoryItem.Kind;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.player.Diary;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happened to a player, newest first: the notes of the diary, and what follows from the
 * player's tickets and their draws. The balance is counted back from the current one, so it is
 * right wherever older things were let go; of the time of which something was, nothing is shown but
 * the registration.
 */
final class Statement {
  private static final Comparator<Line> NEWEST_FIRST = Comparator.comparing(Line::place).reversed();

  /**
   * Where it stands among all that happened to the player: new things come after all that are
   * there.
   *
   * @param at milliseconds since 1970
   * @param ticket tells apart what one command did to several; zeros where it is about none
   */
  private record Place(long at, long position, TicketId ticket) implements Comparable<Place> {
    private static final Pattern TEXT =
        Pattern.compile("([0-9]{1,18})-([0-9]{1,18})-([0-9a-f]{32})");
    private static final TicketId NO_TICKET = new TicketId(0, 0);

    static Place of(Diary.Note note) {
      return new Place(
          note.at(), note.position(), note.about().map(About::ticket).orElse(NO_TICKET));
    }

    @Override
    public int compareTo(Place other) {
      int byTime = Long.compare(at, other.at);
      int byPosition = byTime != 0 ? byTime : Long.compare(position, other.position);
      return byPosition != 0 ? byPosition : ticket.compareTo(other.ticket);
    }

    String text() {
      return at + "-" + position + "-" + ticket;
    }

    static Optional<Place> parse(String text) {
      Matcher parts = TEXT.matcher(text);
      return parts.matches()
          ? Optional.of(
              new Place(
                  Long.parseLong(parts.group(1)),
                  Long.parseLong(parts.group(2)),
                  TicketId.parse(parts.group(3))))
          : Optional.empty();
    }
  }

  /** Something that happened. */
  private interface Line {
    Place place();

    Kind kind();

    Optional<About> about();

    /** What it changed the balance by, minor units. */
    long amount();
  }

  /** It stands in the diary. */
  private record Noted(Place place, Diary.Note note) implements Line {
    @Override
    public Kind kind() {
      return note.kind();
    }

    @Override
    public Optional<About> about() {
      return note.about();
    }

    @Override
    public long amount() {
      return note.amount();
    }
  }

  /** It follows from a ticket and its draw; what was won is counted when somebody looks. */
  private final class Followed implements Line {
    private final Place place;
    private final Kind kind;
    private final Ticket ticket;

    Followed(Kind kind, Ticket ticket, long at, long position) {
      this.place = new Place(at, position, ticket.id());
      this.kind = kind;
      this.ticket = ticket;
    }

    @Override
    public Place place() {
      return place;
    }

    @Override
    public Kind kind() {
      return kind;
    }

    @Override
    public Optional<About> about() {
      return Optional.of(new About(ticket.id(), ticket.draw().ref()));
    }

    @Override
    public long amount() {
      if (kind == Kind.WON) {
        Draw draw = ticket.draw();
        return counted.computeIfAbsent(draw.ref(), ref -> Counting.of(draw)).prize(ticket);
      }
      long price = ticket.price().minorUnits();
      return kind == Kind.BOUGHT ? -price : price;
    }
  }

  private final Player player;
  private final long letGo;
  private final List<Line> lines = new ArrayList<>(); // newest first
  private final Map<DrawRef, Counting> counted = new HashMap<>(); // for finding only

  /**
   * Of all that is known.
   *
   * @param letGo up to when things were let go, milliseconds since 1970
   */
  Statement(Player player, long letGo) {
    this.player = player;
    this.letGo = letGo;
    for (Diary.Note note : player.diary().notes()) {
      if (note.kind() == Kind.REGISTERED || note.at() > letGo) {
        lines.add(new Noted(Place.of(note), note));
      }
    }
    // Ascending one after the other, which is sorted fast.
    player.tickets().forEach(this::addSale);
    player.tickets().forEach(this::addOutcome);
    lines.sort(NEWEST_FIRST);
  }

  private void addSale(Ticket ticket) {
    if (ticket.soldAt() > letGo) {
      lines.add(new Followed(Kind.BOUGHT, ticket, ticket.soldAt(), ticket.position()));
    }
  }

  private void addOutcome(Ticket ticket) {
    Draw draw = ticket.draw();
    if (draw.isSettled() && draw.since() > letGo && !ticket.isCancelled()) {
      Kind kind = draw.phase() == DrawState.VOID ? Kind.RETURNED : Kind.WON;
      lines.add(new Followed(kind, ticket, draw.since(), draw.settled()));
    }
  }

  /** The page after the cursor. */
  Page<HistoryItem> page(LotteryQuery.MyHistory query) {
    Optional<Place> after = query.cursor().flatMap(Place::parse);
    if (query.cursor().isPresent() && after.isEmpty()) {
      return new Page<>(List.of(), Optional.empty());
    }
    int most = Page.most(query.limit());
    List<HistoryItem> items = new ArrayList<>();
    Optional<Place> last = Optional.empty();
    boolean known = after.isPresent() && query.balance().isPresent();
    long balance = known ? query.balance().getAsLong() : player.balance().minorUnits();
    for (Line line : lines) {
      boolean older = after.isEmpty() || line.place().compareTo(after.get()) < 0;
      if (known && !older) {
        continue;
      }
      long amount = line.amount();
      if (line.kind() == Kind.WON && amount == 0) {
        continue; // It won nothing.
      }
      if (older) {
        if (items.size() == most) {
          return new Page<>(items, last.map(Place::text));
        }
        items.add(item(line, amount, balance));
        last = Optional.of(line.place());
      }
      balance -= amount;
    }
    return new Page<>(items, Optional.empty());
  }

  private HistoryItem item(Line line, long amount, long balance) {
    String currency = player.balance().currency();
    return new HistoryItem(
        Instant.ofEpochMilli(line.place().at()),
        line.place().position(),
        line.kind(),
        line.about(),
        Money.of(amount, currency),
        Money.of(line.kind() == Kind.REGISTERED ? amount : balance, currency));
  }
}
