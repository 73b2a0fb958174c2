package io.elottery.lottery.machine;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.command.PasswordHash;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.register.Catalog;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.DrawSnapshot;
import io.elottery.lottery.register.ForeignTicket;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.session.Session;
import io.elottery.lottery.shares.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A shard's whole state as bytes: the same state always gives the same bytes, and a state restored
 * from them gives them again. Layout: {@code docs/formats/lottery.md}.
 */
final class Snapshot {
  private static final byte[] MAGIC = {'E', 'L', 'S', 'H'};
  private static final int VERSION = 3;
  private static final int BEFORE_DIGEST = 2; // read only
  private static final int BEFORE_FOREIGN = 1; // read only: without wagers between branches
  private static final int CHECKSUM = 32; // SHA-256 of all before it

  private Snapshot() {}

  static byte[] write(ShardState state) {
    WireWriter out = new WireWriter(1 << 16).raw(MAGIC).u8(VERSION);
    out.varint(state.position()).i64(state.stamp());
    out.varint(state.events().size());
    state.events().forEach((actor, count) -> out.text(actor).varint(count));
    state.digest().write(out);
    state.catalog().write(out);
    out.varint(state.branches().size());
    for (Branch branch : state.branches().values()) {
      Fields.branch(out, branch.id());
      branch.money().write(out);
      Fields.list(out, List.copyOf(branch.draws().values()), DrawSnapshot::write);
      Map<DrawRef, Integer> indexes = indexes(branch);
      for (PlayerId.Kind kind : PlayerId.Kind.values()) {
        Fields.list(out, branch.people(kind), (to, player) -> player(to, player, indexes));
      }
      branch.abroad().write(out);
      branch.guests().write(out);
      guests(out, branch);
    }
    byte[] body = out.toBytes();
    return out.raw(Sha256.of(body)).toBytes();
  }

  // A ticket names its draw by its place in the branch's list.
  private static Map<DrawRef, Integer> indexes(Branch branch) {
    Map<DrawRef, Integer> indexes = new HashMap<>();
    branch.draws().keySet().forEach(draw -> indexes.put(draw, indexes.size()));
    return indexes;
  }

  private static void player(WireWriter out, Player player, Map<DrawRef, Integer> indexes) {
    out.text(player.name());
    player.password().write(out);
    Fields.key(out, player.registeredBy());
    player.balance().write(out);
    Fields.list(out, player.sessions(), (to, session) -> session.write(to));
    out.varint(player.tickets().size());
    for (Ticket ticket : player.tickets()) {
      out.varint(indexes.getOrDefault(ticket.draw().ref(), 0));
      ticket(out, ticket);
    }
    Fields.list(out, player.abroad(), (to, foreign) -> foreign.write(to));
  }

  // Tickets of other branches' players stand with their draws, in the draws' order.
  private static void guests(WireWriter out, Branch branch) {
    for (Draw draw : branch.draws().values()) {
      List<Ticket> guests =
          draw.tickets().stream()
              .filter(ticket -> Settling.isGuest(ticket) && !ticket.isCancelled())
              .toList();
      Fields.list(
          out,
          guests,
          (to, ticket) -> {
            Fields.player(to, ticket.player());
            ticket(to, ticket);
          });
    }
  }

  private static void ticket(WireWriter out, Ticket ticket) {
    Fields.ticket(out, ticket.id());
    Ticket.Marks marks = ticket.marks();
    out.varint(marks.numbers().length);
    for (int number : marks.numbers()) {
      out.varint(number);
    }
    out.bool(marks.quickPick()).raw(marks.salt().toBytes());
    out.varint(ticket.position()).i64(ticket.soldAt()).bool(ticket.isCancelled());
  }

  /** Reads what {@link #write} wrote; anything else is refused and leaves nothing behind. */
  static ShardState read(byte[] bytes, RuleBooks books) throws MalformedMessage {
    int length = bytes.length - CHECKSUM;
    if (length < MAGIC.length + 1
        || !Arrays.equals(
            Arrays.copyOfRange(bytes, length, bytes.length),
            Sha256.of(Arrays.copyOf(bytes, length)))) {
      throw new MalformedMessage("snapshot of " + bytes.length + " bytes: checksum differs");
    }
    WireReader in = new WireReader(bytes, 0, length);
    if (!Arrays.equals(in.raw(MAGIC.length), MAGIC)) {
      throw new MalformedMessage("not a snapshot of a lottery shard");
    }
    int version = in.u8();
    if (version > VERSION || version < BEFORE_FOREIGN) {
      throw new MalformedMessage("snapshot version " + version + ": expected " + VERSION);
    }
    try {
      ShardState state = body(in, books, version);
      in.done();
      return state;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage("snapshot: " + wrong.getMessage());
    }
  }

  private static ShardState body(WireReader in, RuleBooks books, int version)
      throws MalformedMessage {
    ShardState state = new ShardState();
    state.advance(in.varint(), in.i64());
    for (int left = in.count(1_000_000); left > 0; left--) {
      state.count(in.text(), in.varint());
    }
    if (version > BEFORE_DIGEST) {
      state.restore(StateDigest.read(in));
    }
    state.restore(Catalog.read(in, books));
    for (int left = in.count(26 * 26 * 26); left > 0; left--) {
      BranchId id = Fields.branch(in);
      branch(in, state, state.branchToChange(id), books, version > BEFORE_FOREIGN);
    }
    return state;
  }

  private static void branch(
      WireReader in, ShardState state, Branch branch, RuleBooks books, boolean foreign)
      throws MalformedMessage {
    branch.money().read(in, foreign);
    List<Place> places = new ArrayList<>();
    for (int left = in.count(Integer.MAX_VALUE); left > 0; left--) {
      Draw draw = DrawSnapshot.read(in, books);
      branch.add(draw);
      state.reschedule(draw);
      places.add(new Place(draw, new ArrayList<>()));
    }
    for (PlayerId.Kind kind : PlayerId.Kind.values()) {
      for (int left = in.count(Integer.MAX_VALUE); left > 0; left--) {
        player(in, branch, kind, places, foreign);
      }
    }
    if (foreign) {
      branch.abroad().read(in);
      branch.guests().read(in);
      guests(in, branch, places);
    }
    places.forEach(place -> DrawSnapshot.refill(place.draw(), place.tickets()));
  }

  private static void guests(WireReader in, Branch branch, List<Place> places)
      throws MalformedMessage {
    for (Place place : places) {
      for (int left = in.count(Integer.MAX_VALUE); left > 0; left--) {
        Ticket ticket = ticket(in, place.draw(), Fields.player(in));
        branch.add(ticket);
        place.tickets().add(ticket);
      }
    }
  }

  private record Place(Draw draw, List<Ticket> tickets) {}

  private static void player(
      WireReader in, Branch branch, PlayerId.Kind kind, List<Place> places, boolean abroad)
      throws MalformedMessage {
    PlayerId id = branch.nextId(kind);
    Player player =
        new Player(id, in.text(), PasswordHash.read(in), Fields.key(in), Money.read(in));
    Fields.list(in, Player.SESSIONS_MAX, Session::read).forEach(player::restore);
    branch.add(player);
    for (int left = in.count(Integer.MAX_VALUE); left > 0; left--) {
      int index = in.count(Integer.MAX_VALUE);
      if (index >= places.size()) {
        throw new MalformedMessage("ticket of " + id + " in draw " + index + ": no such draw");
      }
      Ticket ticket = ticket(in, places.get(index).draw(), id);
      branch.add(ticket);
      places.get(index).tickets().add(ticket);
    }
    for (int left = abroad ? in.count(Integer.MAX_VALUE) : 0; left > 0; left--) {
      ForeignTicket foreign = ForeignTicket.read(in, id);
      player.remember(foreign);
      branch.abroad().add(foreign);
    }
  }

  private static Ticket ticket(WireReader in, Draw draw, PlayerId player) throws MalformedMessage {
    TicketId id = Fields.ticket(in);
    int[] numbers = new int[in.count(in.remaining())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.count(Integer.MAX_VALUE);
    }
    Ticket.Marks marks = new Ticket.Marks(numbers, in.bool(), Fields.octets(in, 16));
    Ticket ticket = new Ticket(id, player, draw, marks, in.varint(), in.i64());
    if (in.bool()) {
      ticket.cancel();
    }
    return ticket;
  }
}
