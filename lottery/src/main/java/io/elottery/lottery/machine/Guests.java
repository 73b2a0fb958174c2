package io.elottery.lottery.machine;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.reply.Refusal;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a branch's draws remember of players of other branches beside their tickets: wagers refused
 * for good (tombstones, until the draw closes, for then everything is refused), and settlements
 * that the homes have not taken yet.
 */
final class Guests {
  /** A settlement's name. */
  record Account(DrawRef draw, BranchId home) implements Comparable<Account> {
    @Override
    public int compareTo(Account other) {
      int byDraw = draw.compareTo(other.draw);
      return byDraw != 0 ? byDraw : home.compareTo(other.home);
    }
  }

  /**
   * How far a settlement is.
   *
   * @param next the part that is to be taken next, below {@code parts}
   */
  record Owed(int next, int parts) {}

  private static final BranchId FIRST = BranchId.of("AAA");

  private final TreeMap<DrawRef, TreeMap<TicketId, Refusal>> refused = new TreeMap<>();
  private final TreeMap<Account, Owed> owed = new TreeMap<>();

  Optional<Refusal> refused(DrawRef draw, TicketId ticket) {
    return Optional.ofNullable(refused.get(draw)).map(there -> there.get(ticket));
  }

  void refuse(DrawRef draw, TicketId ticket, Refusal why) {
    refused.computeIfAbsent(draw, ref -> new TreeMap<>()).put(ticket, why);
  }

  /** The draw takes nothing any more: no tombstone is needed. */
  void closed(DrawRef draw) {
    refused.remove(draw);
  }

  SortedMap<Account, Owed> owed() {
    return Collections.unmodifiableSortedMap(owed);
  }

  boolean owes(DrawRef draw) {
    Account from = owed.ceilingKey(new Account(draw, FIRST));
    return from != null && from.draw().equals(draw);
  }

  void owe(Account account, int parts) {
    owed.put(account, new Owed(0, parts));
  }

  void taken(Account account) {
    owed.computeIfPresent(
        account,
        (same, now) -> now.next() + 1 < now.parts() ? new Owed(now.next() + 1, now.parts()) : null);
  }

  void write(WireWriter out) {
    out.varint(refused.size());
    refused.forEach(
        (draw, tickets) -> {
          Fields.draw(out, draw);
          out.varint(tickets.size());
          tickets.forEach(
              (ticket, why) -> {
                Fields.ticket(out, ticket);
                why.write(out);
              });
        });
    out.varint(owed.size());
    owed.forEach(
        (account, now) -> {
          Fields.draw(out, account.draw());
          Fields.branch(out, account.home());
          out.varint(now.next()).varint(now.parts());
        });
  }

  void read(WireReader in) throws MalformedMessage {
    for (int left = in.count(Integer.MAX_VALUE); left > 0; left--) {
      DrawRef draw = Fields.draw(in);
      for (int more = in.count(Integer.MAX_VALUE); more > 0; more--) {
        refuse(draw, Fields.ticket(in), Refusal.read(in));
      }
    }
    for (int left = in.count(Integer.MAX_VALUE); left > 0; left--) {
      Account account = new Account(Fields.draw(in), Fields.branch(in));
      owed.put(account, new Owed(in.count(Integer.MAX_VALUE), in.count(Integer.MAX_VALUE)));
    }
  }
}
