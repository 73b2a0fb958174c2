package io.elottery.lottery.machine;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.register.Catalog;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.DrawSnapshot;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.shares.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads snapshots of versions 1 to 3, in which tickets stood with their players, in no page. */
final class EarlierSnapshot {
  private static final int BEFORE_DIGEST = 2;
  private static final int BEFORE_FOREIGN = 1; // without wagers between branches

  private final WireReader in;
  private final ShardState state;
  private final RuleBooks books;
  private final int version;
  private final List<Ticket> tickets = new ArrayList<>(); // of all draws

  private EarlierSnapshot(WireReader in, ShardState state, RuleBooks books, int version) {
    this.in = in;
    this.state = state;
    this.books = books;
    this.version = version;
  }

  /** Fills the empty state with what stands after so many bytes. */
  static void read(Pieces pieces, int from, ShardState state, RuleBooks books, int version)
      throws MalformedMessage {
    long end = pieces.length() - Sha256.LENGTH; // the checksum of all before it
    Pieces all = pieces.part(0, end);
    Snapshot.check(
        all.sum(new Pieces(List.of())), pieces.part(end, pieces.length()).joined(), "checksum");
    WireReader in = new WireReader(all.arrays());
    in.raw(from);
    new EarlierSnapshot(in, state, books, version).read();
    in.done();
  }

  private void read() throws MalformedMessage {
    state.advance(in.varint(), in.i64());
    for (int left = in.count(1_000_000); left > 0; left--) {
      state.count(in.text(), in.varint());
    }
    if (version > BEFORE_DIGEST) {
      state.restore(StateDigest.readWithoutSales(in));
    }
    state.restore(Catalog.read(in, books));
    for (int left = in.count(26 * 26 * 26); left > 0; left--) {
      branch(state.branchToChange(Fields.branch(in)), version > BEFORE_FOREIGN);
    }
    tickets.sort(Comparator.comparingLong(Ticket::position));
    for (Ticket ticket : tickets) {
      state.pages().add(ticket);
      DrawSnapshot.refill(ticket);
    }
  }

  private void branch(Branch branch, boolean foreign) throws MalformedMessage {
    branch.money().read(in, foreign);
    List<Draw> draws = new ArrayList<>(); // a ticket names its place here
    for (int left = in.count(Integer.MAX_VALUE); left > 0; left--) {
      Draw draw = DrawSnapshot.read(in, books);
      branch.add(draw);
      state.reschedule(draw);
      draws.add(draw);
    }
    for (PlayerId.Kind kind : PlayerId.Kind.values()) {
      for (int left = in.count(Integer.MAX_VALUE); left > 0; left--) {
        Player player = Snapshot.player(in, branch, kind);
        own(branch, player.id(), draws);
        if (foreign) {
          Snapshot.abroad(in, branch, player);
        }
      }
    }
    if (foreign) {
      branch.abroad().read(in);
      branch.guests().read(in);
      for (Draw draw : draws) {
        for (int left = in.count(Integer.MAX_VALUE); left > 0; left--) {
          ticket(branch, draw, Fields.player(in));
        }
      }
    }
  }

  private void own(Branch branch, PlayerId player, List<Draw> draws) throws MalformedMessage {
    for (int left = in.count(Integer.MAX_VALUE); left > 0; left--) {
      int index = in.count(Integer.MAX_VALUE);
      if (index >= draws.size()) {
        throw new MalformedMessage("ticket of " + player + " in draw " + index + ": no such draw");
      }
      ticket(branch, draws.get(index), player);
    }
  }

  private void ticket(Branch branch, Draw draw, PlayerId player) throws MalformedMessage {
    TicketId id = Fields.ticket(in);
    Ticket.Marks marks = TicketPage.marks(in);
    Ticket ticket = new Ticket(id, player, draw, marks, in.varint(), in.i64());
    if (in.bool()) {
      ticket.cancel();
    }
    branch.add(ticket);
    tickets.add(ticket);
  }
}
