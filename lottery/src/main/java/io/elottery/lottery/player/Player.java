package io.elottery.lottery.player;

import io.elottery.lottery.command.PasswordHash;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.register.ForeignTicket;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.session.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One customer or operator: name, password, sessions, balance, diary and, in the order bought,
 * tickets. Changed by the machine's events only.
 */
public final class Player {
  /** The most sessions open at once; another one ends the oldest. */
  public static final int SESSIONS_MAX = 16;

  /** Refused wagers in other branches that are remembered. */
  public static final int REFUSED_MAX = 50;

  private final PlayerId id;
  private final String name;
  private final PasswordHash password;
  private final RequestKey registeredBy;
  private final List<Session> sessions = new ArrayList<>(2);
  private final List<Ticket> tickets = new ArrayList<>(4); // positions ascend
  private final List<ForeignTicket> abroad = new ArrayList<>(0); // positions ascend
  private final Diary diary = new Diary();
  private Money balance; // never below zero

  /** A new one. */
  public Player(
      PlayerId id, String name, PasswordHash password, RequestKey registeredBy, Money balance) {
    this.id = id;
    this.name = name;
    this.password = password;
    this.registeredBy = registeredBy;
    this.balance = balance;
  }

  /** Who it is. */
  public PlayerId id() {
    return id;
  }

  /** The name as given. */
  public String name() {
    return name;
  }

  /** What to check the password against. */
  public PasswordHash password() {
    return password;
  }

  /** The key of the request that registered this one. */
  public RequestKey registeredBy() {
    return registeredBy;
  }

  /** What can be spent. */
  public Money balance() {
    return balance;
  }

  /** In the order bought, cancelled ones too. */
  public List<Ticket> tickets() {
    return Collections.unmodifiableList(tickets);
  }

  /** Oldest first; some may be over. */
  public List<Session> sessions() {
    return Collections.unmodifiableList(sessions);
  }

  /** The session with this token's hash; it may be over. */
  public Optional<Session> session(Octets tokenHash) {
    for (Session session : sessions) {
      if (session.tokenHash().equals(tokenHash)) {
        return Optional.of(session);
      }
    }
    return Optional.empty();
  }

  /** Signs in; forgets what is over, and the oldest above the bound. */
  public void open(Session session, long stamp) {
    sessions.removeIf(old -> old.isOver(stamp));
    sessions.add(session);
    if (sessions.size() > SESSIONS_MAX) {
      sessions.remove(0);
    }
  }

  /** Signs out. */
  public void close(Octets tokenHash) {
    sessions.removeIf(session -> session.tokenHash().equals(tokenHash));
  }

  /** Pays from the balance, which was checked. */
  public void debit(Money amount) {
    balance = balance.minus(amount);
  }

  /** Pays into the balance. */
  public void credit(Money amount) {
    balance = balance.plus(amount);
  }

  /** Remembers a ticket, for ever. */
  public void remember(Ticket ticket) {
    tickets.add(ticket);
  }

  /** Forgets tickets; returns them. */
  public List<Ticket> forget(Predicate<Ticket> old) {
    List<Ticket> gone = tickets.stream().filter(old).toList();
    if (!gone.isEmpty()) {
      tickets.removeIf(old);
    }
    return gone;
  }

  /** Forgets wagers in draws of other branches; returns them. */
  public List<ForeignTicket> forgetAbroad(Predicate<ForeignTicket> old) {
    List<ForeignTicket> gone = abroad.stream().filter(old).toList();
    if (!gone.isEmpty()) {
      abroad.removeIf(old);
    }
    return gone;
  }

  /** Remembers a wager in a draw of another branch. */
  public void remember(ForeignTicket ticket) {
    abroad.add(ticket);
  }

  /** Wagers in draws of other branches, in the order asked for. */
  public List<ForeignTicket> abroad() {
    return Collections.unmodifiableList(abroad);
  }

  /** How many of those the draws have not answered. */
  public int openAbroad() {
    int open = 0;
    for (ForeignTicket ticket : abroad) {
      open += ticket.isOpen() ? 1 : 0;
    }
    return open;
  }

  /** Forgets the oldest refused wagers above the bound; they can be asked for again. */
  public List<ForeignTicket> forgetOldRefused() {
    List<ForeignTicket> refused =
        abroad.stream().filter(ticket -> ticket.phase() == ForeignTicket.Phase.REFUSED).toList();
    List<ForeignTicket> old = refused.subList(0, Math.max(0, refused.size() - REFUSED_MAX));
    abroad.removeAll(old);
    return old;
  }

  /** What happened to it and follows from nothing else. */
  public Diary diary() {
    return diary;
  }

  /** Takes a session over from a snapshot. */
  public void restore(Session session) {
    sessions.add(session);
  }
}
