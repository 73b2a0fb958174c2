package io.elottery.lottery.machine;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.lottery.chronicle.Chronicle;
import io.elottery.lottery.chronicle.Happening;
import io.elottery.lottery.chronicle.ProjectionPlugin;
import io.elottery.lottery.chronicle.Projections;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.player.Diary;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.Ticket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All of one branch: people, draws, tickets, money. Hash maps are for finding only and never walked
 * through; what is listed stands in sorted maps and lists.
 */
final class Branch {
  /**
   * Where a jackpot waits.
   *
   * @param currency ISO 4217
   */
  record Pot(GameName game, String currency) implements Comparable<Pot> {
    @Override
    public int compareTo(Pot other) {
      int byGame = game.compareTo(other.game);
      return byGame != 0 ? byGame : currency.compareTo(other.currency);
    }
  }

  private final BranchId id;
  private final List<Player> customers = new ArrayList<>(); // number - 1 is the index
  private final List<Player> operators = new ArrayList<>(); // number - 1 is the index
  private final Map<String, Player> byName = new HashMap<>(); // lower case
  private final Map<RequestKey, Player> byKey = new HashMap<>();
  private final TreeMap<DrawRef, Draw> draws = new TreeMap<>();
  private final TreeMap<DrawRef, Draw> running = new TreeMap<>(); // those that have not ended
  private final Map<DrawRef, Draw> byRef = new HashMap<>();
  private final Map<RequestKey, Draw> openedBy = new HashMap<>();
  private final Map<TicketId, Ticket> tickets = new HashMap<>();
  private final BranchMoney money = new BranchMoney();
  private final Abroad abroad = new Abroad();
  private final Guests guests = new Guests();
  private final Chronicle chronicle = new Chronicle();
  private final Projections projections;
  private long diaries; // bytes of all players' diaries

  Branch(BranchId id, List<ProjectionPlugin> plugins) {
    this.id = id;
    this.projections = new Projections(plugins, id);
  }

  BranchId id() {
    return id;
  }

  BranchMoney money() {
    return money;
  }

  /** Its players in draws of other branches. */
  Abroad abroad() {
    return abroad;
  }

  /** Players of other branches in its draws. */
  Guests guests() {
    return guests;
  }

  /** What happened to its draws. */
  Chronicle chronicle() {
    return chronicle;
  }

  /** What plug-ins make of that. */
  Projections projections() {
    return projections;
  }

  /** Notes what happened to one of its draws. */
  void tell(long position, long at, DrawRef draw, Happening.Kind kind, Map<String, String> facts) {
    projections.happened(chronicle.add(position, at, draw, kind, facts));
  }

  /** Notes what happened to one of its players and follows from nothing else. */
  void note(Player player, Diary.Note note) {
    diaries -= player.diary().length();
    player.diary().add(note);
    diaries += player.diary().length();
  }

  /** Reads the diary of a player who has none yet. */
  void readDiary(Player player, WireReader in) throws MalformedMessage {
    player.diary().read(in);
    diaries += player.diary().length();
  }

  private void forgetNotes(Player player, long before) {
    diaries -= player.diary().length();
    player.diary().forget(before);
    diaries += player.diary().length();
  }

  /** The bytes of all its players' diaries. */
  long diaries() {
    return diaries;
  }

  List<Player> people(PlayerId.Kind kind) {
    return Collections.unmodifiableList(kind == PlayerId.Kind.CUSTOMER ? customers : operators);
  }

  Optional<Player> player(PlayerId wanted) {
    List<Player> people = people(wanted.kind());
    return wanted.branch().equals(id) && wanted.number() <= people.size()
        ? Optional.of(people.get(wanted.number() - 1))
        : Optional.empty();
  }

  Optional<Player> named(String name) {
    return Optional.ofNullable(byName.get(folded(name)));
  }

  Optional<Player> registeredBy(RequestKey key) {
    return Optional.ofNullable(byKey.get(key));
  }

  PlayerId nextId(PlayerId.Kind kind) {
    return new PlayerId(id, kind, people(kind).size() + 1);
  }

  void add(Player player) {
    (player.id().isOperator() ? operators : customers).add(player);
    byName.put(folded(player.name()), player);
    byKey.put(player.registeredBy(), player);
  }

  private static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  NavigableMap<DrawRef, Draw> draws() {
    return Collections.unmodifiableNavigableMap(draws);
  }

  NavigableMap<DrawRef, Draw> running() {
    return Collections.unmodifiableNavigableMap(running);
  }

  Optional<Draw> draw(DrawRef ref) {
    return Optional.ofNullable(byRef.get(ref));
  }

  Optional<Draw> openedBy(RequestKey key) {
    return Optional.ofNullable(openedBy.get(key));
  }

  void add(Draw draw) {
    draws.put(draw.ref(), draw);
    byRef.put(draw.ref(), draw);
    openedBy.put(draw.opening().key(), draw);
    if (!draw.hasEnded()) {
      running.put(draw.ref(), draw);
    }
  }

  void ended(Draw draw) {
    running.remove(draw.ref());
  }

  Optional<Ticket> ticket(TicketId ticket) {
    return Optional.ofNullable(tickets.get(ticket));
  }

  /** Lets go draws with their tickets, wagers abroad that ended before then, and older notes. */
  void forget(List<DrawRef> gone, long endedBefore) {
    for (DrawRef ref : gone) {
      Draw draw = byRef.remove(ref);
      if (draw != null) {
        draws.remove(ref);
        openedBy.remove(draw.opening().key());
        draw.tickets().forEach(this::forget);
      }
    }
    Set<DrawRef> names = new HashSet<>(gone); // for finding only
    chronicle.forget(names);
    projections.forgotten(names);
    operators.forEach(player -> forgetNotes(player, endedBefore));
    for (Player player : customers) {
      forgetNotes(player, endedBefore);
      player
          .forget(ticket -> names.contains(ticket.draw().ref()))
          .forEach(ticket -> tickets.remove(ticket.id()));
      player.forgetAbroad(ticket -> abroad.isOver(ticket, endedBefore)).forEach(abroad::forget);
    }
    abroad.forget(endedBefore);
  }

  void forget(Ticket ticket) {
    tickets.remove(ticket.id());
  }

  void add(Ticket ticket) {
    tickets.put(ticket.id(), ticket);
    player(ticket.player()).ifPresent(player -> player.remember(ticket));
  }
}
