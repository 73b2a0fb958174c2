package io.elottery.lottery.machine;

import io.elottery.lottery.answer.HistoryItem;
import io.elottery.lottery.chronicle.ProjectionPlugin;
import io.elottery.lottery.chronicle.Projections;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.player.Diary;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.register.Catalog;
import io.elottery.lottery.register.Draw;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that a shard's replicas agree on. Read by the desks, changed by {@link Apply} only. */
final class ShardState {
  /**
   * A draw that time alone will change.
   *
   * @param at milliseconds since 1970
   */
  record Due(long at, DrawRef draw) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : draw.compareTo(other.draw);
    }
  }

  private final TreeMap<BranchId, Branch> branches = new TreeMap<>();
  private final TreeMap<String, Long> events = new TreeMap<>(); // by actor key
  private final TreeSet<Due> due = new TreeSet<>();
  private final TreeSet<Due> ended = new TreeSet<>(); // settled draws, by when
  private final Map<DrawRef, Due> dueOf = new HashMap<>(); // for finding only
  private Catalog catalog = new Catalog();
  private StateDigest digest = new StateDigest();
  private final TicketPages pages;
  private long errandsCalled; // not part of the state: restarts with the process
  private long position; // commands so far
  private long stamp; // of the last command, milliseconds since 1970
  private long letGo = -1; // what is not younger may be forgotten, milliseconds since 1970

  private final List<ProjectionPlugin> plugins;

  ShardState(int pagePositions, List<ProjectionPlugin> plugins) {
    this.pages = new TicketPages(pagePositions);
    this.plugins = plugins;
  }

  long errandsCalled() {
    return errandsCalled;
  }

  /** Another shard must be told something. */
  void callErrand() {
    errandsCalled++;
  }

  /** How many commands there were: the position of the last one. */
  long position() {
    return position;
  }

  /** The last command's stamp: none after it is smaller. */
  long stamp() {
    return stamp;
  }

  void advance(long newPosition, long newStamp) {
    position = newPosition;
    stamp = newStamp;
  }

  /** Up to when things were let go, milliseconds since 1970; -1: never. */
  long letGo() {
    return letGo;
  }

  void letGo(long upTo) {
    letGo = Math.max(letGo, upTo);
  }

  Catalog catalog() {
    return catalog;
  }

  /** All tickets in the order sold, as a snapshot holds them. */
  TicketPages pages() {
    return pages;
  }

  StateDigest digest() {
    return digest;
  }

  void restore(StateDigest restored) {
    digest = restored;
  }

  void restore(Catalog restored) {
    catalog = restored;
  }

  SortedMap<BranchId, Branch> branches() {
    return Collections.unmodifiableSortedMap(branches);
  }

  Optional<Branch> branch(BranchId id) {
    return Optional.ofNullable(branches.get(id));
  }

  /** The branch, made when it is not there. For {@link Apply} only. */
  Branch branchToChange(BranchId id) {
    return branches.computeIfAbsent(id, fresh -> new Branch(fresh, plugins));
  }

  /** What plug-ins make of a branch, also of one to which nothing happened. */
  Projections projections(BranchId id) {
    return branch(id).map(Branch::projections).orElseGet(() -> new Projections(plugins, id));
  }

  Optional<Player> player(PlayerId id) {
    return branch(id.branch()).flatMap(branch -> branch.player(id));
  }

  /** Notes that this happens to a player by the command that is under way. */
  void note(Player player, HistoryItem.Kind kind, Optional<HistoryItem.About> about, long amount) {
    branchToChange(player.id().branch())
        .note(player, new Diary.Note(kind, position, stamp, about, amount));
  }

  Optional<Draw> draw(DrawRef ref) {
    return branch(ref.branch()).flatMap(branch -> branch.draw(ref));
  }

  /** Events applied so far, by actor key. */
  SortedMap<String, Long> events() {
    return Collections.unmodifiableSortedMap(events);
  }

  void count(String actorKey, long more) {
    events.merge(actorKey, more, Long::sum);
  }

  /** The draw that time changes first. */
  Optional<Due> firstDue() {
    return due.isEmpty() ? Optional.empty() : Optional.of(due.first());
  }

  /** Draws whose money is where it belongs, the one that ended first first. */
  SortedSet<Due> ended() {
    return Collections.unmodifiableSortedSet(ended);
  }

  void forget(DrawRef draw) {
    ended.removeIf(due -> due.draw().equals(draw));
  }

  /** Notes anew when time will change the draw, or that it has ended. */
  void reschedule(Draw draw) {
    Due before = dueOf.remove(draw.ref());
    if (before != null) {
      due.remove(before);
    }
    if (draw.isSettled()) {
      ended.add(new Due(draw.since(), draw.ref()));
    }
    OptionalLong at = draw.dueAt();
    if (at.isPresent()) {
      Due next = new Due(at.getAsLong(), draw.ref());
      due.add(next);
      dueOf.put(draw.ref(), next);
    }
  }
}
