package io.elottery.lottery.machine;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.merkle.MerkleTree;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.shares.Sha256;
import io.elottery.lottery.ticket.SaleText;
import java.util.ArrayList;
import java.util.List;

/**
 * A digest of what became of the commands: the tickets sold since it was taken last, as a Merkle
 * tree, and over the shard's whole life every figure as it was after each change. Two copies whose
 * states differ have other digests from the first change on that touches the difference.
 */
final class StateDigest {
  private static final long ODD = 0x9E3779B97F4A7C15L; // 2^64 divided by the golden ratio
  private static final int SIZE_MAX = 1 << 24;

  private MerkleTree sales = new MerkleTree();
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
    Ticket.Marks marks = ticket.marks();
    sales.add(
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

  /** 32 bytes: the digest now; the next one is of other sales. */
  byte[] take() {
    byte[] head = new WireWriter(32).i64(figures).i64(sales.size()).toBytes();
    byte[] digest = Sha256.of(head, sales.root());
    sales = new MerkleTree();
    return digest;
  }

  void write(WireWriter out) {
    out.i64(figures).varint(sales.size());
    sales.subtrees().forEach(out::raw);
  }

  static StateDigest read(WireReader in) throws MalformedMessage {
    StateDigest digest = new StateDigest();
    digest.figures = in.i64();
    int size = in.count(SIZE_MAX);
    List<byte[]> subtrees = new ArrayList<>();
    for (int left = Integer.bitCount(size); left > 0; left--) {
      subtrees.add(in.raw(Sha256.LENGTH));
    }
    digest.sales = MerkleTree.of(size, subtrees);
    return digest;
  }
}
