package io.elottery.lottery.machine;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.merkle.BlockTree;
import io.elottery.lottery.merkle.InclusionProof;
import io.elottery.lottery.merkle.MerkleTree;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.ticket.SaleText;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A digest of what became of the commands, over the shard's whole life: every ticket sold, as a
 * Merkle tree, and every figure as it was after each change. Two copies whose states differ have
 * other digests from the first change on that touches the difference. That a ticket is in a digest
 * can be proved for the last {@value #KEPT} that were taken.
 */
final class StateDigest {
  private static final long ODD = 0x9E3779B97F4A7C15L; // 2^64 divided by the golden ratio
  private static final int KEPT = 256;
  private static final int GONE_MAX = 1 << 24;

  /**
   * A digest as it was taken.
   *
   * @param commands in the shard up to then
   * @param sales tickets sold up to then
   */
  record Taken(long commands, long figures, long sales) {}

  // A sale whose ticket the draw does not hold any more.
  private record Gone(DrawRef draw, byte[] hash) {}

  private final TreeMap<Long, Gone> gone = new TreeMap<>(); // by position
  private final Deque<Taken> taken = new ArrayDeque<>(); // oldest first
  private BlockTree sales = new BlockTree(); // by position
  private long figures;

  /** A figure of the state, after it changed. */
  void figure(long value) {
    long mixed = (figures ^ value) * ODD;
    figures = mixed ^ (mixed >>> 32);
  }

  /** What a player has, after it changed. */
  void balance(Player player) {
    figure(player.balance().minorUnits());
  }

  /** A ticket, as it is sold. */
  void sold(Ticket ticket) {
    sales.add(ticket.position(), hash(ticket));
  }

  /** A ticket was given back; it stays among the sales. */
  void cancelled(Ticket ticket) {
    gone.put(ticket.position(), new Gone(ticket.draw().ref(), hash(ticket)));
  }

  /** Draws were forgotten with all their tickets. */
  void forget(Collection<DrawRef> draws) {
    gone.values().removeIf(one -> draws.contains(one.draw()));
  }

  static byte[] hash(Ticket ticket) {
    Ticket.Marks marks = ticket.marks();
    return MerkleTree.leafHash(
        SaleText.of(
            ticket.id(),
            ticket.draw().ref(),
            ticket.position(),
            ticket.soldAt(),
            marks.salt(),
            marks.numbers()));
  }

  /** Where a draw stands after a change. */
  void draw(Draw draw) {
    figure(draw.phase().ordinal());
    figure(draw.sold());
    figure(draw.stakes());
    draw.closing().ifPresent(closing -> figure(closing.root().hashCode()));
  }

  /**
   * 32 bytes: the digest now.
   *
   * @param commands in the shard up to now
   */
  byte[] take(long commands) {
    taken.addLast(new Taken(commands, figures, sales.size()));
    if (taken.size() > KEPT) {
      taken.removeFirst();
    }
    byte[] head = new WireWriter(32).i64(figures).i64(sales.size()).toBytes();
    return Sha256.of(head, sales.root());
  }

  /** The digest that was taken after so many commands. */
  Optional<Taken> taken(long commands) {
    return taken.stream().filter(one -> one.commands() == commands).findFirst();
  }

  /**
   * That the ticket sold at a position is in a digest.
   *
   * @param held finds the sales of tickets that draws hold, cancelled or not
   * @return empty when it is not, or when tickets sold beside it are forgotten
   */
  Optional<InclusionProof> proof(long position, Taken in, SoldBetween held) {
    return sales.proof(
        position,
        in.sales(),
        (from, to) -> {
          TreeMap<Long, byte[]> found = held.find(from, to);
          gone.subMap(from, to).forEach((at, one) -> found.put(at, one.hash()));
          return found.entrySet().stream()
              .map(one -> new BlockTree.Leaf(one.getKey(), one.getValue()))
              .toList();
        });
  }

  /** Finds hashes of sales. */
  @FunctionalInterface
  interface SoldBetween {
    /** By position, {@code from <= position < to}; to be changed by the caller. */
    TreeMap<Long, byte[]> find(long from, long to);
  }

  void write(WireWriter out) {
    out.i64(figures);
    sales.write(out);
    out.varint(gone.size());
    gone.forEach(
        (position, one) -> {
          out.varint(position);
          Fields.draw(out, one.draw());
          out.raw(one.hash());
        });
    out.varint(taken.size());
    taken.forEach(one -> out.varint(one.commands()).i64(one.figures()).varint(one.sales()));
  }

  static StateDigest read(WireReader in) throws MalformedMessage {
    StateDigest digest = new StateDigest();
    digest.figures = in.i64();
    digest.sales = BlockTree.read(in);
    for (int left = in.count(GONE_MAX); left > 0; left--) {
      digest.gone.put(in.varint(), new Gone(Fields.draw(in), in.raw(Sha256.LENGTH)));
    }
    for (int left = in.count(KEPT); left > 0; left--) {
      digest.taken.addLast(new Taken(in.varint(), in.i64(), in.varint()));
    }
    return digest;
  }
}
