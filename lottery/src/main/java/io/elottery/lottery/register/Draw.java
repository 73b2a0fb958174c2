package io.elottery.lottery.register;

import io.elottery.foundation.fault.InvariantViolation;
import io.elottery.foundation.fault.Invariants;
import io.elottery.lottery.answer.DrawDetail.Certified;
import io.elottery.lottery.answer.DrawDetail.Closing;
import io.elottery.lottery.answer.DrawOutcome;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.draw.PartyKey;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * One drawing of a game: what was fixed at opening, the tickets in the order sold, the parties'
 * steps, the outcome. Changed by the machine's events only; {@link DrawState} draws its states.
 */
public final class Draw {
  /** A closed draw without a step for this long says that it is stalled. */
  public static final Duration STALLED_AFTER = Duration.ofMinutes(5);

  private static final Comparator<PartyKey> BY_NAME = Comparator.comparing(PartyKey::name);

  private final Opening opening;
  private final RuleBook book;
  private final List<PartyRecord> parties; // ascending by name
  private final List<Ticket> tickets = new ArrayList<>(); // positions ascend
  private DrawState phase = DrawState.OPEN; // never STALLED
  private boolean stalled;
  private long since; // milliseconds since 1970
  private long settled; // position of the command that moved its money on, 0: none
  private long closesAt; // milliseconds since 1970
  private int capacity;
  private int sold; // tickets that are not cancelled, <= capacity
  private long stakes; // of those, minor units
  private long carriedIn; // minor units
  private Optional<Closing> closing = Optional.empty();
  private Optional<DrawOutcome> outcome = Optional.empty();
  private Optional<Certified> certified = Optional.empty();
  private String reason = "";

  /** A draw that opens. */
  public Draw(Opening opening, RuleBook book, List<PartyKey> keys, int capacity, long closesAt) {
    this(opening, book, keys.stream().sorted(BY_NAME).map(PartyRecord::new).toList());
    this.capacity = capacity;
    this.closesAt = closesAt;
    this.since = opening.openedAt();
  }

  private Draw(Opening opening, RuleBook book, List<PartyRecord> parties) {
    this.opening = opening;
    this.book = book;
    this.parties = List.copyOf(parties);
  }

  static Draw restored(Opening opening, RuleBook book, List<PartyRecord> parties, Restored values) {
    Draw draw = new Draw(opening, book, parties);
    draw.phase = values.phase();
    draw.stalled = values.stalled();
    draw.since = values.since();
    draw.closesAt = values.closesAt();
    draw.capacity = values.capacity();
    draw.carriedIn = values.carriedIn();
    draw.closing = values.closing();
    draw.outcome = values.outcome();
    draw.certified = values.certified();
    draw.reason = values.reason();
    draw.settled = values.settled();
    return draw;
  }

  /** The values that change, as a snapshot holds them. */
  record Restored(
      DrawState phase,
      boolean stalled,
      long since,
      long closesAt,
      int capacity,
      long carriedIn,
      Optional<Closing> closing,
      Optional<DrawOutcome> outcome,
      Optional<Certified> certified,
      String reason,
      long settled) {}

  Restored values() {
    return new Restored(
        phase, stalled, since, closesAt, capacity, carriedIn, closing, outcome, certified, reason,
        settled);
  }

  /** What was fixed at opening. */
  public Opening opening() {
    return opening;
  }

  /** Its name. */
  public DrawRef ref() {
    return opening.draw();
  }

  /** The rules it was opened with. */
  public RuleBook book() {
    return book;
  }

  /** Ascending by name. */
  public List<PartyRecord> parties() {
    return parties;
  }

  /** The party of this name. */
  public Optional<PartyRecord> party(PartyName name) {
    return parties.stream().filter(party -> party.name().equals(name)).findFirst();
  }

  /** Tickets in the order sold; after closing exactly those with a leaf. */
  public List<Ticket> tickets() {
    return Collections.unmodifiableList(tickets);
  }

  /** Where it stands; never {@link DrawState#STALLED}. */
  public DrawState phase() {
    return phase;
  }

  /** Where it stands, as published. */
  public DrawState state() {
    return stalled ? DrawState.STALLED : phase;
  }

  /** When it came to where it is, milliseconds since 1970. */
  public long since() {
    return since;
  }

  /** When it closes, milliseconds since 1970. */
  public long closesAt() {
    return closesAt;
  }

  /** The most tickets. */
  public int capacity() {
    return capacity;
  }

  /** Tickets in it. */
  public int sold() {
    return sold;
  }

  /** Of one line. */
  public Money price() {
    return money(book.rules().price());
  }

  /** Paid for the tickets in it, minor units. */
  public long stakes() {
    return stakes;
  }

  /** What it took over from the draw before, minor units; 0 before the draw. */
  public long carriedIn() {
    return carriedIn;
  }

  /** What it holds in trust, minor units: nothing once it is settled or void. */
  public long held() {
    return isSettled() ? 0 : stakes + carriedIn;
  }

  /** The list at closing. */
  public Optional<Closing> closing() {
    return closing;
  }

  /** What was drawn. */
  public Optional<DrawOutcome> outcome() {
    return outcome;
  }

  /** The auditor's word. */
  public Optional<Certified> certified() {
    return certified;
  }

  /** Why it is void or disputed; else empty. */
  public String reason() {
    return reason;
  }

  /** Whether its money is where it belongs. */
  public boolean isSettled() {
    return phase == DrawState.CERTIFIED || phase == DrawState.VOID;
  }

  /** The position of the command by which it was; 0 while it is not. */
  public long settled() {
    return settled;
  }

  /** Takes over at which position it was settled. */
  public void settled(long position) {
    settled = position;
  }

  /** Whether nothing can happen to it any more by itself. */
  public boolean hasEnded() {
    return isSettled() || phase == DrawState.DISPUTED;
  }

  /** An amount in its currency. */
  public Money money(long minorUnits) {
    return new Money(minorUnits, book.rules().currency());
  }

  /** Whether a ticket could be bought now, were there capacity. */
  public boolean isOnSale() {
    return phase == DrawState.OPEN && waitingFor().isEmpty();
  }

  /** The parties whose step it waits for, ascending. */
  public List<PartyName> waitingFor() {
    return switch (phase) {
      case OPEN -> without(party -> party.commit().isPresent());
      case CLOSED -> without(party -> party.signature().isPresent());
      case REVEALING -> without(party -> party.share().isPresent());
      case DRAWN -> without(party -> !party.name().isAuditor());
      case CERTIFIED, DISPUTED, STALLED, VOID -> List.of();
    };
  }

  private List<PartyName> without(Predicate<PartyRecord> done) {
    return parties.stream().filter(done.negate()).map(PartyRecord::name).toList();
  }

  /** When time alone changes it next, milliseconds since 1970. */
  public OptionalLong dueAt() {
    if (phase == DrawState.OPEN) {
      return OptionalLong.of(closesAt);
    }
    return stalled || hasEnded()
        ? OptionalLong.empty()
        : OptionalLong.of(since + STALLED_AFTER.toMillis());
  }

  /** Takes a ticket in. */
  public void sell(Ticket ticket) {
    Invariants.check(phase == DrawState.OPEN && sold < capacity, "%s sells in %s", ref(), phase);
    keep(ticket);
  }

  /** Takes over a ticket, from a sale or a snapshot; positions ascend. */
  void keep(Ticket ticket) {
    tickets.add(ticket);
    sold++;
    stakes += ticket.price().minorUnits();
  }

  /** Lets a ticket go that is cancelled. */
  public void release(Ticket ticket) {
    sold--;
    stakes -= ticket.price().minorUnits();
  }

  /** Changes what was asked for. */
  public void change(int newCapacity, long newClosesAt) {
    capacity = newCapacity;
    closesAt = newClosesAt;
  }

  /** Closes: the list of leaves is fixed. */
  public void close(long at, long position, Octets root) {
    enter(DrawState.CLOSED, at);
    closing = Optional.of(new Closing(position, Instant.ofEpochMilli(at), sold, root));
  }

  /** Leaves out what was cancelled, for good. */
  public void dropCancelled() {
    tickets.removeIf(Ticket::isCancelled);
  }

  /** Step 1. */
  public void commit(PartyName party, Octets commit, long at) {
    known(party).committed(commit);
    since = at;
  }

  /** Step 3; the last signature lets the shares be revealed. */
  public void sign(PartyName party, Octets signature, long at) {
    known(party).signed(signature);
    enter(waitingFor().isEmpty() ? DrawState.REVEALING : phase, at);
  }

  /** Step 4. */
  public void reveal(PartyName party, Octets share, long at) {
    known(party).revealed(share);
    enter(phase, at);
  }

  /** Step 5. */
  public void drawn(DrawOutcome what, long carried, long at) {
    Invariants.check(outcome.isEmpty(), "%s is drawn once", ref());
    outcome = Optional.of(what);
    carriedIn = carried;
    enter(DrawState.DRAWN, at);
  }

  /** Step 6. */
  public void certify(PartyName by, Instant signedAt, Octets signature, long at) {
    certified = Optional.of(new Certified(by, signedAt, signature));
    enter(DrawState.CERTIFIED, at);
  }

  /** Nothing is paid. */
  public void dispute(String why, long at) {
    reason = why;
    enter(DrawState.DISPUTED, at);
  }

  /** The stakes go back. */
  public void makeVoid(String why, long at) {
    reason = why;
    enter(DrawState.VOID, at);
  }

  /** Says that it waits for long; where it stands does not change. */
  public void stall() {
    stalled = true;
  }

  private PartyRecord known(PartyName name) {
    return party(name).orElseThrow(() -> new InvariantViolation(ref() + " has no party " + name));
  }

  private void enter(DrawState next, long at) {
    phase = next;
    since = at;
    stalled = false;
  }
}
