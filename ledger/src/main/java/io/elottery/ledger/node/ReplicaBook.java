package io.elottery.ledger.node;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.raft.GroupCommit;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.StoreFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which copies this store holds, and which it held: a copy that was erased, and every older
 * incarnation of it, is never opened again. Kept in the store itself, under {@code 07, shard u16},
 * and flushed with what the replicas write. On the ledger loop.
 */
final class ReplicaBook {
  private static final int SPACE = 7;
  private static final int FORMAT = 1;
  private static final int MEMBERS_MAX = 16;

  private final GroupCommit records;
  private final Map<ShardId, Line> lines = new TreeMap<>();

  /** What is known of a copy. Codes on disk are the positions here: only ever append. */
  enum Kind {
    /** It is one of the first members and began with a vote. */
    FIRST,
    /** It joined later. */
    JOINED,
    /** It was removed, and its records with it. */
    ERASED
  }

  /**
   * One copy.
   *
   * @param others who else held the shard when it was opened
   */
  record Line(Kind kind, Member self, List<Member> others) {
    Line {
      others = List.copyOf(others);
    }
  }

  ReplicaBook(GroupCommit records) {
    this.records = records;
    byte[] from = new WireWriter().u8(SPACE).toBytes();
    byte[] to = new WireWriter().u8(SPACE + 1).toBytes();
    records.store().scan(from, to, this::read);
  }

  Optional<Line> of(ShardId shard) {
    return Optional.ofNullable(lines.get(shard));
  }

  /** All copies that are held. */
  Map<ShardId, Line> held() {
    Map<ShardId, Line> held = new TreeMap<>(lines);
    held.values().removeIf(line -> line.kind == Kind.ERASED);
    return held;
  }

  void put(ShardId shard, Line line) {
    WireWriter out = new WireWriter().u8(FORMAT).u8(line.kind.ordinal());
    write(out, line.self);
    out.u8(line.others.size());
    line.others.forEach(other -> write(out, other));
    records.put(new WireWriter().u8(SPACE).u16(shard.number()).toBytes(), out.toBytes());
    lines.put(shard, line);
  }

  private void read(byte[] key, byte[] value) {
    try {
      WireReader at = new WireReader(key);
      at.u8();
      ShardId shard = new ShardId(at.u16());
      WireReader in = new WireReader(value);
      int format = in.u8();
      int code = in.u8();
      if (format != FORMAT || code >= Kind.values().length) {
        throw new MalformedMessage("format " + format + ", kind " + code);
      }
      Member self = member(in);
      List<Member> others = new ArrayList<>();
      for (int left = in.count(MEMBERS_MAX); left > 0; left--) {
        others.add(member(in));
      }
      in.done();
      lines.put(shard, new Line(Kind.values()[code], self, others));
    } catch (MalformedMessage | IllegalArgumentException damaged) {
      throw new StoreFailed("the list of replicas is damaged: " + damaged.getMessage(), damaged);
    }
  }

  private static void write(WireWriter out, Member member) {
    out.text(member.node().name()).varint(member.incarnation());
  }

  private static Member member(WireReader in) throws MalformedMessage {
    return new Member(NodeId.of(in.text()), in.varint());
  }
}
