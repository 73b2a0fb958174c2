package io.elottery.lottery.machine;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.command.PasswordHash;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.register.Catalog;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.DrawSnapshot;
import io.elottery.lottery.register.ForeignTicket;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.session.Session;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A shard's whole state as bytes: the same state always gives the same bytes, and a state restored
 * from them gives them again. Layout: {@code docs/formats/lottery.md}.
 *
 * <p>First what pages of tickets there are, then the pages, then all the rest. Only the rest is
 * written anew each time: it grows with people and draws, not with tickets.
 */
final class Snapshot {
  private static final byte[] MAGIC = {'E', 'L', 'S', 'H'};
  private static final int VERSION = 6;
  private static final int HEAD = MAGIC.length + 1 + 4; // magic, version, count of pages
  private static final int PAGE = 4 + Sha256.LENGTH; // of a page: length, SHA-256
  private static final int PAGES_MAX = 1 << 20;
  private static final int PIECES_MAX = 16_384;
  private static final int PIECE = 1 << 20;
  private static final int CHECKSUM = Sha256.LENGTH; // of all but the pages, whose own are in it

  private Snapshot() {}

  /** In pieces: each page is one, the last ends with the checksum. */
  static void write(ShardState state, Consumer<byte[]> pieces) {
    List<TicketPage.Sealed> pages = state.pages().seal();
    WireWriter head = new WireWriter(HEAD + PAGE * pages.size()).raw(MAGIC).u8(VERSION);
    head.i32(pages.size());
    pages.forEach(page -> head.i32(page.bytes().length).raw(page.sum()));
    MessageDigest sum = Sha256.running();
    byte[] listed = head.toBytes();
    sum.update(listed);
    pieces.accept(listed);
    // A chunk has a number: very many pages, then of few tickets each, are given together.
    int together = 1 + pages.size() / PIECES_MAX;
    for (int at = 0; at < pages.size(); at += together) {
      List<TicketPage.Sealed> some = pages.subList(at, Math.min(pages.size(), at + together));
      pieces.accept(new Pieces(some.stream().map(TicketPage.Sealed::bytes).toList()).joined());
    }
    Rest rest = new Rest(sum, pieces);
    rest(state, rest);
    byte[] last = rest.wire.drain();
    sum.update(last);
    pieces.accept(rest.wire.raw(last).raw(sum.digest()).drain());
  }

  /** Where the rest is written: what is large enough is given away between two values. */
  private record Rest(WireWriter wire, MessageDigest sum, Consumer<byte[]> to) {
    Rest(MessageDigest sum, Consumer<byte[]> to) {
      this(new WireWriter(1 << 16), sum, to);
    }

    void mayEnd() {
      if (wire.length() >= PIECE) {
        byte[] piece = wire.drain();
        sum.update(piece);
        to.accept(piece);
      }
    }
  }

  private static void rest(ShardState state, Rest pieces) {
    WireWriter out = pieces.wire;
    out.varint(state.position()).i64(state.stamp()).i64(state.letGo());
    out.varint(state.events().size());
    state
        .events()
        .forEach(
            (actor, count) -> {
              out.text(actor).varint(count);
              pieces.mayEnd();
            });
    state.digest().write(out);
    state.catalog().write(out);
    state.pages().writeCancelled(out);
    out.varint(state.branches().size());
    for (Branch branch : state.branches().values()) {
      Fields.branch(out, branch.id());
      branch.money().write(out);
      Fields.list(
          out,
          List.copyOf(branch.draws().values()),
          (to, draw) -> {
            DrawSnapshot.write(to, draw);
            pieces.mayEnd();
          });
      for (PlayerId.Kind kind : PlayerId.Kind.values()) {
        Fields.list(out, branch.people(kind), (to, player) -> player(pieces, player));
      }
      branch.abroad().write(out);
      branch.guests().write(out);
      branch.chronicle().write(out, pieces::mayEnd);
    }
  }

  private static void player(Rest pieces, Player player) {
    WireWriter out = pieces.wire;
    out.text(player.name());
    player.password().write(out);
    Fields.key(out, player.registeredBy());
    player.balance().write(out);
    Fields.list(out, player.sessions(), (to, session) -> session.write(to));
    Fields.list(out, player.abroad(), (to, foreign) -> foreign.write(to));
    player.diary().write(out);
    pieces.mayEnd();
  }

  /**
   * Reads what {@link #write} wrote; anything else is refused.
   *
   * @param state to which nothing has happened; returned when all was read
   */
  static ShardState read(List<byte[]> arrays, RuleBooks books, ShardState state)
      throws MalformedMessage {
    Pieces pieces = new Pieces(arrays);
    WireReader in = new WireReader(pieces.part(0, HEAD).joined());
    if (!Arrays.equals(in.raw(MAGIC.length), MAGIC)) {
      throw new MalformedMessage("not a snapshot of a lottery shard");
    }
    int version = in.u8();
    if (version != VERSION) {
      throw new MalformedMessage("snapshot version " + version + ": expected " + VERSION);
    }
    try {
      read(pieces, in.i32(), state, books);
      return state;
    } catch (IllegalArgumentException | ArithmeticException wrong) {
      throw new MalformedMessage("snapshot: " + wrong.getMessage());
    }
  }

  private static void read(Pieces pieces, int pages, ShardState state, RuleBooks books)
      throws MalformedMessage {
    if (pages < 0 || pages > PAGES_MAX) {
      throw new MalformedMessage("snapshot of " + pages + " pages");
    }
    Pieces head = pieces.part(0, HEAD + (long) PAGE * pages);
    WireReader in = new WireReader(head.part(HEAD, head.length()).arrays());
    List<TicketPage.Sealed> sealed = new ArrayList<>();
    long at = head.length();
    for (int left = pages; left > 0; left--) {
      int length = in.i32();
      byte[] bytes = pieces.part(at, at + Math.max(0, length)).joined();
      sealed.add(new TicketPage.Sealed(bytes, in.raw(Sha256.LENGTH)));
      at += bytes.length;
    }
    long end = pieces.length() - CHECKSUM;
    Pieces rest = pieces.part(at, end);
    check(head.sum(rest), pieces.part(end, pieces.length()).joined(), "checksum");
    for (TicketPage.Sealed page : sealed) {
      check(Sha256.of(page.bytes()), page.sum(), "a page's checksum");
    }
    in = new WireReader(rest.arrays());
    rest(in, state, books);
    in.done();
    for (TicketPage.Sealed page : sealed) {
      for (Ticket ticket : state.pages().restore(page, ref -> draw(state, ref))) {
        state.branchToChange(ticket.draw().ref().branch()).add(ticket);
        DrawSnapshot.refill(ticket);
      }
    }
  }

  private static Draw draw(ShardState state, DrawRef ref) throws MalformedMessage {
    return state.draw(ref).orElseThrow(() -> new MalformedMessage("tickets of no draw: " + ref));
  }

  private static void check(byte[] there, byte[] said, String what) throws MalformedMessage {
    if (!Arrays.equals(there, said)) {
      throw new MalformedMessage("snapshot: " + what + " differs");
    }
  }

  private static void rest(WireReader in, ShardState state, RuleBooks books)
      throws MalformedMessage {
    state.advance(in.varint(), in.i64());
    state.letGo(in.i64());
    for (int left = in.count(1_000_000); left > 0; left--) {
      state.count(in.text(), in.varint());
    }
    state.restore(StateDigest.read(in));
    state.restore(Catalog.read(in, books));
    state.pages().readCancelled(in);
    for (int left = in.count(26 * 26 * 26); left > 0; left--) {
      Branch branch = state.branchToChange(Fields.branch(in));
      branch.money().read(in);
      for (int draws = in.count(Integer.MAX_VALUE); draws > 0; draws--) {
        Draw draw = DrawSnapshot.read(in, books);
        branch.add(draw);
        state.reschedule(draw);
      }
      for (PlayerId.Kind kind : PlayerId.Kind.values()) {
        for (int people = in.count(Integer.MAX_VALUE); people > 0; people--) {
          Player player = player(in, branch, kind);
          abroad(in, branch, player);
          branch.readDiary(player, in);
        }
      }
      branch.abroad().read(in);
      branch.guests().read(in);
      branch.chronicle().read(in);
      branch.chronicle().kept().forEach(branch.projections()::happened);
    }
  }

  /** The next player, without tickets. */
  private static Player player(WireReader in, Branch branch, PlayerId.Kind kind)
      throws MalformedMessage {
    PlayerId id = branch.nextId(kind);
    Player player =
        new Player(id, in.text(), PasswordHash.read(in), Fields.key(in), Money.read(in));
    Fields.list(in, Player.SESSIONS_MAX, Session::read).forEach(player::restore);
    branch.add(player);
    return player;
  }

  /** The player's wagers in other branches. */
  private static void abroad(WireReader in, Branch branch, Player player) throws MalformedMessage {
    for (int left = in.count(Integer.MAX_VALUE); left > 0; left--) {
      ForeignTicket foreign = ForeignTicket.read(in, player.id());
      player.remember(foreign);
      branch.abroad().add(foreign);
    }
  }
}
