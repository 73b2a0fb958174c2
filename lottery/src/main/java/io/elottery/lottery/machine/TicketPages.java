package io.elottery.lottery.machine;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.Ticket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All tickets of a shard, in pages: one for so many positions of the ledger each, so that which
 * ticket stands on which page follows from the tickets alone and is the same on every copy,
 * whatever snapshot it began with.
 *
 * <p>A page is made into bytes when the first ticket of a later one is sold, and not again before
 * one of its tickets leaves: a wager that another branch took back, a draw that is forgotten. What
 * the holder of a ticket gives back stays, and is noted beside the pages.
 */
final class TicketPages {
  /** Positions of a page: about 200 KB of tickets of one line, at most about 1 MiB. */
  static final int POSITIONS = 4_096;

  private final int positions;
  private final TreeMap<Long, TicketPage> pages = new TreeMap<>();
  private final TreeSet<Long> cancelled = new TreeSet<>(); // positions of tickets on the pages

  TicketPages(int positions) {
    this.positions = positions;
  }

  /** A ticket is sold; positions ascend. */
  void add(Ticket ticket) {
    long number = ticket.position() / positions;
    if (!pages.isEmpty() && pages.lastKey() < number) {
      pages.lastEntry().getValue().full();
    }
    pages.computeIfAbsent(number, it -> new TicketPage()).add(ticket);
    if (ticket.isCancelled()) {
      cancelled(ticket);
    }
  }

  /** Its holder gave it back; it is remembered. */
  void cancelled(Ticket ticket) {
    cancelled.add(ticket.position());
  }

  /** A ticket leaves, as if it had never been sold. */
  void remove(Ticket ticket) {
    long number = ticket.position() / positions;
    TicketPage page = pages.get(number);
    if (page != null) {
      page.remove(ticket);
      dropIfEmpty(number, page);
    }
  }

  /** All tickets of these draws leave. */
  void forget(List<Draw> gone) {
    Set<Draw> draws = new HashSet<>(gone); // for finding only
    for (Map.Entry<Long, TicketPage> entry : List.copyOf(pages.entrySet())) {
      TicketPage page = entry.getValue();
      for (Ticket ticket : page.tickets()) {
        if (ticket.isCancelled() && draws.contains(ticket.draw())) {
          cancelled.remove(ticket.position());
        }
      }
      page.forget(draws);
      dropIfEmpty(entry.getKey(), page);
    }
  }

  private void dropIfEmpty(long number, TicketPage page) {
    if (page.tickets().isEmpty()) {
      pages.remove(number);
    }
  }

  /** The pages' bytes, in order; those that did not change are the same arrays as before. */
  List<TicketPage.Sealed> seal() {
    List<TicketPage.Sealed> sealed = new ArrayList<>(pages.size());
    pages.values().forEach(page -> sealed.add(page.seal()));
    return sealed;
  }

  /** Writes which tickets were given back. */
  void writeCancelled(WireWriter out) {
    out.varint(cancelled.size());
    long before = 0;
    for (long position : cancelled) {
      out.varint(position - before);
      before = position;
    }
  }

  /** Reads which tickets were given back. */
  void readCancelled(WireReader in) throws MalformedMessage {
    long position = 0;
    for (int left = in.count(Integer.MAX_VALUE); left > 0; left--) {
      position += in.varint();
      cancelled.add(position);
    }
  }

  /**
   * Takes a page over from a snapshot.
   *
   * @return its tickets; those given back say so
   */
  List<Ticket> restore(TicketPage.Sealed sealed, TicketPage.Draws draws) throws MalformedMessage {
    TicketPage page = TicketPage.read(sealed, draws);
    if (page.tickets().isEmpty()) {
      throw new MalformedMessage("page without a ticket");
    }
    for (Ticket ticket : page.tickets()) {
      if (cancelled.contains(ticket.position())) {
        ticket.cancel();
      }
    }
    long number = page.tickets().get(0).position() / positions;
    if (!pages.isEmpty() && pages.lastKey() >= number) {
      throw new MalformedMessage("page " + number + " after page " + pages.lastKey());
    }
    pages.put(number, page);
    return page.tickets();
  }
}
