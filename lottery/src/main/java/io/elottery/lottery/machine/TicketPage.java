package io.elottery.lottery.machine;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.Ticket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tickets that follow each other in a shard's ledger, and their bytes, which are made once and kept
 * until the page changes. Layout: {@code docs/formats/lottery.md}.
 */
final class TicketPage {
  private static final int GUEST = 0; // else the number in the draw's own branch
  private static final int TICKET = 80; // bytes, about

  private final ArrayList<Ticket> tickets; // positions ascend
  private @Nullable Sealed sealed; // empty when it has changed since

  TicketPage() {
    tickets = new ArrayList<>();
  }

  private TicketPage(ArrayList<Ticket> tickets, Sealed sealed) {
    this.tickets = tickets;
    this.sealed = sealed;
  }

  /** Where a page finds the draws that its tickets are in. */
  interface Draws {
    /** The draw of this name. */
    Draw draw(DrawRef ref) throws MalformedMessage;
  }

  /**
   * The bytes of a page: always the same array, never to be changed, until a ticket comes or goes.
   *
   * @param sum their SHA-256
   */
  record Sealed(byte[] bytes, byte[] sum) {
    static Sealed of(byte[] bytes) {
      return new Sealed(bytes, Sha256.of(bytes));
    }
  }

  List<Ticket> tickets() {
    return tickets;
  }

  void add(Ticket ticket) {
    tickets.add(ticket);
    sealed = null;
  }

  /** Lets a ticket go. */
  void remove(Ticket ticket) {
    tickets.remove(ticket);
    sealed = null;
  }

  /** Lets the tickets of these draws go. */
  void forget(Set<Draw> draws) {
    if (tickets.removeIf(ticket -> draws.contains(ticket.draw()))) {
      tickets.trimToSize();
      sealed = null;
    }
  }

  /** No further ticket is expected. */
  void full() {
    tickets.trimToSize();
    seal();
  }

  Sealed seal() {
    if (sealed == null) {
      sealed = Sealed.of(encode());
    }
    return sealed;
  }

  private byte[] encode() {
    Map<Draw, Integer> draws = new HashMap<>(); // for finding only
    WireWriter names = new WireWriter();
    for (Ticket ticket : tickets) {
      if (draws.putIfAbsent(ticket.draw(), draws.size()) == null) {
        Fields.draw(names, ticket.draw().ref());
      }
    }
    WireWriter out = new WireWriter(names.length() + tickets.size() * TICKET);
    out.varint(draws.size()).raw(names.toBytes()).varint(tickets.size());
    long position = 0;
    long stamp = 0;
    for (Ticket ticket : tickets) {
      out.varint(Objects.requireNonNull(draws.get(ticket.draw())));
      player(out, ticket);
      Fields.ticket(out, ticket.id());
      Ticket.Marks marks = ticket.marks();
      out.varint(marks.numbers().length);
      for (int number : marks.numbers()) {
        out.varint(number);
      }
      out.bool(marks.quickPick()).raw(marks.salt().toBytes());
      // Neither ever falls.
      out.varint(ticket.position() - position).varint(ticket.soldAt() - stamp);
      position = ticket.position();
      stamp = ticket.soldAt();
    }
    return out.toBytes();
  }

  private static void player(WireWriter out, Ticket ticket) {
    PlayerId player = ticket.player();
    if (Settling.isGuest(ticket)) {
      out.varint(GUEST);
      Fields.player(out, player);
    } else {
      out.varint((long) player.number() << 1 | (player.isOperator() ? 1 : 0));
    }
  }

  /** The page of these bytes, which it keeps. */
  static TicketPage read(Sealed sealed, Draws draws) throws MalformedMessage {
    WireReader in = new WireReader(sealed.bytes);
    List<Draw> named = new ArrayList<>();
    for (int left = in.count(sealed.bytes.length); left > 0; left--) {
      named.add(draws.draw(Fields.draw(in)));
    }
    int count = in.count(sealed.bytes.length);
    ArrayList<Ticket> tickets = new ArrayList<>(count);
    long position = 0;
    long stamp = 0;
    for (int left = count; left > 0; left--) {
      int index = in.count(Integer.MAX_VALUE);
      if (index >= named.size()) {
        throw new MalformedMessage("ticket in draw " + index + " of " + named.size());
      }
      Draw draw = named.get(index);
      PlayerId player = player(in, draw.ref().branch());
      TicketId id = Fields.ticket(in);
      Ticket.Marks marks = marks(in);
      position += in.varint();
      stamp += in.varint();
      tickets.add(new Ticket(id, player, draw, marks, position, stamp));
    }
    in.done();
    return new TicketPage(tickets, sealed);
  }

  private static PlayerId player(WireReader in, BranchId own) throws MalformedMessage {
    long number = in.varint();
    if (number == GUEST) {
      return Fields.player(in);
    }
    if (number >> 1 > Integer.MAX_VALUE) {
      throw new MalformedMessage("player number " + (number >> 1));
    }
    PlayerId.Kind kind = (number & 1) == 1 ? PlayerId.Kind.OPERATOR : PlayerId.Kind.CUSTOMER;
    return new PlayerId(own, kind, (int) (number >> 1));
  }

  static Ticket.Marks marks(WireReader in) throws MalformedMessage {
    int[] numbers = new int[in.count(in.remaining())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.count(Integer.MAX_VALUE);
    }
    return new Ticket.Marks(numbers, in.bool(), Fields.octets(in, 16));
  }
}
