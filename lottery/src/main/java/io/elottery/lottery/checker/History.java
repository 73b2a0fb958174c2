package io.elottery.lottery.checker;

import io.elottery.lottery.checker.Finding.Kind;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an observer saw, in the order it saw it, judged as it comes.
 *
 * <p>What was acknowledged is there once with the receipt that was given; what was refused is not
 * there; what was never answered is there once or not at all; nothing else is there. Where A was
 * acknowledged before B was sent, A stands before B. It costs one look-up for each observation and
 * some hundred bytes of memory for each ticket. One thread at a time.
 */
public final class History implements Observation.Cases<Boolean> {
  private static final int FINDINGS_MAX = 100;

  private final Map<TicketId, Wish> wishes = new HashMap<>();
  private final Map<PlayerId, Account> accounts = new TreeMap<>();
  private final Map<String, Shard> shards = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private long sent;
  private long acknowledged;
  private long refused;

  private static final class Shard {
    private final Map<Long, TicketId> positions = new HashMap<>();
    private long highest;
  }

  private static final class Wish {
    private final PlayerId player;
    private final Shard shard;
    private final long above; // every acknowledged position known when it was sent
    private @Nullable Proof proof;
    private long knownSince; // the turn of its player's reading in which it was known before
    private long seen; // the reading that saw it last
    private boolean refused;

    Wish(PlayerId player, Shard shard) {
      this.player = player;
      this.shard = shard;
      this.above = shard.highest;
    }
  }

  private static final class Account {
    private final List<TicketId> wishes = new ArrayList<>();
    private final long credit;
    private long readings;
    private boolean reading;
    private int known; // wishes that were sent when the reading began

    Account(long credit) {
      this.credit = credit;
    }
  }

  /** Counts for people. */
  public record Counts(long sent, long acknowledged, long refused, long unanswered) {}

  /** Adds what was observed; the findings have what contradicts what was before. */
  public void add(Observation observation) {
    observation.match(this);
  }

  /** So far. */
  public Counts counts() {
    return new Counts(sent, acknowledged, refused, sent - acknowledged - refused);
  }

  /** The first findings, at most {@value #FINDINGS_MAX}. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** All findings by kind; kinds without any are not there. */
  public Map<Kind, Long> found() {
    return new EnumMap<>(counts);
  }

  /** Whether there is nothing that must not be. */
  public boolean isClean() {
    return counts.isEmpty();
  }

  /** All players, in order. */
  public List<PlayerId> players() {
    return List.copyOf(accounts.keySet());
  }

  /** What the player began with. */
  public long credit(PlayerId player) {
    return account(player).credit;
  }

  /** The proof of a ticket that was acknowledged. */
  public Optional<Proof> proof(TicketId ticket) {
    Wish wish = wishes.get(ticket);
    return wish == null ? Optional.empty() : Optional.ofNullable(wish.proof);
  }

  @Override
  public Boolean joined(Observation.Joined joined) {
    return accounts.putIfAbsent(joined.player(), new Account(joined.credit())) == null;
  }

  @Override
  public Boolean sent(Observation.Sent wish) {
    if (wishes.containsKey(wish.ticket())) {
      return false;
    }
    Shard shard = shards.computeIfAbsent(wish.shard(), name -> new Shard());
    wishes.put(wish.ticket(), new Wish(wish.player(), shard));
    account(wish.player()).wishes.add(wish.ticket());
    sent++;
    return true;
  }

  @Override
  public Boolean acknowledged(Observation.Acknowledged answer) {
    Wish wish = wishes.get(answer.ticket());
    if (wish == null) {
      return find(Kind.PHANTOM, answer.ticket() + " was acknowledged and never sent");
    }
    if (wish.refused) {
      refused--;
      wish.refused = false;
      find(Kind.REFUSED_THERE, answer.ticket() + " was refused, then acknowledged");
    }
    if (wish.proof != null) {
      return same(answer.ticket(), wish.proof, answer.proof(), "acknowledged again");
    }
    wish.proof = answer.proof();
    wish.knownSince = account(wish.player).readings;
    acknowledged++;
    place(answer.ticket(), wish, answer.proof());
    wish.shard.highest = Math.max(wish.shard.highest, answer.proof().position());
    return true;
  }

  @Override
  public Boolean refused(Observation.Refused answer) {
    Wish wish = wishes.get(answer.ticket());
    if (wish == null) {
      return find(Kind.PHANTOM, answer.ticket() + " was refused and never sent");
    }
    if (wish.proof != null) {
      return find(Kind.LOST, answer.ticket() + " was acknowledged, then refused: " + answer.code());
    }
    if (!wish.refused) {
      wish.refused = true;
      refused++;
    }
    return true;
  }

  /**
   * All of a player's tickets are about to be listed: those acknowledged by now must be among them.
   */
  public void reading(PlayerId player) {
    Account account = account(player);
    account.readings++;
    account.reading = true;
    account.known = account.wishes.size();
  }

  /** The list has this one. */
  public void listed(PlayerId player, TicketId ticket, Proof proof) {
    Account account = account(player);
    Wish wish = wishes.get(ticket);
    if (wish == null || !wish.player.equals(player)) {
      find(Kind.PHANTOM, ticket + " is listed for " + player + ", who never asked for it");
      return;
    }
    if (wish.seen == account.readings) {
      find(Kind.DOUBLED, ticket + " is listed twice");
    }
    wish.seen = account.readings;
    if (wish.refused) {
      find(Kind.REFUSED_THERE, ticket + " was refused and is listed");
    }
    if (wish.proof != null) {
      same(ticket, wish.proof, proof, "listed");
    } else {
      place(ticket, wish, proof);
    }
  }

  /** Its receipt was asked for and this one was shown. */
  public void shown(TicketId ticket, Proof proof) {
    proof(ticket).ifPresent(given -> same(ticket, given, proof, "shown"));
  }

  /** Its receipt was asked for and refused. */
  public void missing(TicketId ticket, String code) {
    proof(ticket)
        .ifPresent(
            given ->
                find(
                    Kind.LOST,
                    ticket
                        + " was acknowledged at position "
                        + given.position()
                        + " and is answered with "
                        + code));
  }

  /** The tickets of a player that were acknowledged, in the order they were sent. */
  public List<TicketId> acknowledgedOf(PlayerId player) {
    return account(player).wishes.stream().filter(ticket -> proof(ticket).isPresent()).toList();
  }

  /** The list is over; how many of those that were never answered are on it. */
  public int read(PlayerId player) {
    Account account = account(player);
    if (!account.reading) {
      throw new IllegalStateException(player + ": no reading was begun");
    }
    account.reading = false;
    int unanswered = 0;
    for (TicketId ticket : account.wishes.subList(0, account.known)) {
      Wish wish = wishes.get(ticket);
      if (wish == null) {
        continue;
      }
      boolean there = wish.seen == account.readings;
      if (wish.proof != null && !there && wish.knownSince < account.readings) {
        find(
            Kind.LOST,
            ticket
                + " was acknowledged at position "
                + wish.proof.position()
                + " and is not there");
      }
      unanswered += there && wish.proof == null ? 1 : 0;
    }
    return unanswered;
  }

  /**
   * Compares what a player has with what is left of the credit.
   *
   * @param stakes of the player's tickets that are not returned
   * @param prizes that were credited
   */
  public void balance(PlayerId player, long stakes, long prizes, long balance) {
    long expected = credit(player) - stakes + prizes;
    if (balance != expected) {
      find(
          Kind.MONEY,
          "%s has %d, expected %d = %d - %d staked + %d won"
              .formatted(player, balance, expected, credit(player), stakes, prizes));
    }
  }

  /** Compares what was issued with what is there: balances, stakes, house, carried over. */
  public void conserved(String whose, long issued, long there) {
    if (issued != there) {
      find(Kind.MONEY, whose + ": " + issued + " was issued and " + there + " is there");
    }
  }

  /** Something found elsewhere. */
  public void found(Finding finding) {
    find(finding.kind(), finding.what());
  }

  private void place(TicketId ticket, Wish wish, Proof proof) {
    if (proof.position() <= wish.above) {
      find(
          Kind.OUT_OF_ORDER,
          ticket
              + " is at position "
              + proof.position()
              + ", and one at "
              + wish.above
              + " was acknowledged before it was sent");
    }
    TicketId other = wish.shard.positions.putIfAbsent(proof.position(), ticket);
    if (other != null && !other.equals(ticket)) {
      find(Kind.DOUBLED, ticket + " and " + other + " are both at position " + proof.position());
    }
  }

  private boolean same(TicketId ticket, Proof given, Proof now, String how) {
    return given.agrees(now)
        || find(Kind.CHANGED, ticket + " was given as " + given + " and is " + how + " as " + now);
  }

  private boolean find(Kind kind, String what) {
    counts.merge(kind, 1L, Long::sum);
    if (findings.size() < FINDINGS_MAX) {
      findings.add(new Finding(kind, what));
    }
    return false;
  }

  private Account account(PlayerId player) {
    Account account = accounts.get(player);
    if (account == null) {
      throw new IllegalArgumentException(player + " did not join");
    }
    return account;
  }
}
