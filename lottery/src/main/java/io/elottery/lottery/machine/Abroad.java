package io.elottery.lottery.machine;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.register.ForeignTicket;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A branch's players' wagers in draws of other branches. */
final class Abroad {
  /**
   * What a draw of another branch told of its end.
   *
   * @param parts of its settlement that are taken
   * @param complete whether those are all
   * @param at when the last of them came, milliseconds since 1970
   */
  record Ended(DrawState outcome, int parts, boolean complete, long at) {}

  private final Map<TicketId, ForeignTicket> tickets = new HashMap<>(); // for finding only
  // Those the draw is still to be asked about: by the draw's branch, then by position.
  private final TreeMap<BranchId, TreeMap<Long, ForeignTicket>> open = new TreeMap<>();
  private final TreeMap<DrawRef, Ended> ended = new TreeMap<>();

  Optional<ForeignTicket> ticket(TicketId id) {
    return Optional.ofNullable(tickets.get(id));
  }

  SortedMap<BranchId, ? extends NavigableMap<Long, ForeignTicket>> open() {
    return Collections.unmodifiableSortedMap(open);
  }

  int size() {
    return tickets.size();
  }

  Optional<Ended> ended(DrawRef draw) {
    return Optional.ofNullable(ended.get(draw));
  }

  void ended(DrawRef draw, Ended now) {
    ended.put(draw, now);
  }

  void add(ForeignTicket ticket) {
    tickets.put(ticket.id(), ticket);
    changed(ticket);
  }

  void forget(ForeignTicket ticket) {
    tickets.remove(ticket.id());
  }

  /** Whether nothing can happen to it any more, and that since before then. */
  boolean isOver(ForeignTicket ticket, long before) {
    Ended end = ended.get(ticket.asked().draw());
    boolean outside =
        ticket.phase() == ForeignTicket.Phase.REFUSED
            || ticket.phase() == ForeignTicket.Phase.CANCELLED;
    return !ticket.isOpen()
        && (outside
            ? ticket.asked().at() <= before
            : end != null && end.complete() && end.at() <= before);
  }

  /** Forgets draws that ended before then. */
  void forget(long before) {
    ended.values().removeIf(end -> end.complete() && end.at() <= before);
  }

  /** Notes anew whether the draw is to be asked. */
  void changed(ForeignTicket ticket) {
    BranchId there = ticket.asked().draw().branch();
    if (ticket.isOpen()) {
      open.computeIfAbsent(there, branch -> new TreeMap<>()).put(ticket.asked().position(), ticket);
      return;
    }
    TreeMap<Long, ForeignTicket> left = open.get(there);
    if (left != null && left.remove(ticket.asked().position()) != null && left.isEmpty()) {
      open.remove(there);
    }
  }

  void write(WireWriter out) {
    out.varint(ended.size());
    ended.forEach(
        (draw, end) -> {
          Fields.draw(out, draw);
          out.u8(end.outcome().ordinal()).varint(end.parts()).bool(end.complete()).i64(end.at());
        });
  }

  void read(WireReader in) throws MalformedMessage {
    for (int left = in.count(Integer.MAX_VALUE); left > 0; left--) {
      DrawRef draw = Fields.draw(in);
      ended.put(
          draw,
          new Ended(
              Fields.choice(in, DrawState.values()),
              in.count(Integer.MAX_VALUE),
              in.bool(),
              in.i64()));
    }
  }
}
