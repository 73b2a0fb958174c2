package io.elottery.ledger.ring;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.shard.ShardId;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of a change of who holds a shard, for one worker to take. Any step may be asked for any
 * number of times: what is done already is done.
 *
 * @param first the member it is about, first of all
 * @param others who else: for {@link Kind#JOIN} those who hold the shard; for the kinds of two the
 *     other one
 * @param index for {@link Kind#LEAVE} the position of the entry that removed it; else 0
 */
public record MemberStep(ShardId shard, Kind kind, Member first, List<Member> others, long index) {
  private static final int MEMBERS_MAX = 16;

  /** What to do. Codes on the wire are the positions here: only ever append. */
  public enum Kind {
    /** Open an empty copy that waits to be added; its worker does it. */
    JOIN,
    /** Close the copy and erase it, it was removed; its worker does it. */
    LEAVE,
    /** The writer adds it as a learner. */
    LEARN,
    /** The writer promotes the first and removes the other. */
    SWAP,
    /** The writer promotes both. */
    GROW,
    /** The writer removes both. */
    SHRINK,
    /** The writer promotes it, to end a {@link #GROW} that was interrupted. */
    PROMOTE,
    /** The writer removes a learner, or a voter to end what was interrupted. */
    REMOVE,
    /** The writer hands over to it. */
    HAND_OVER
  }

  /** Copies, and checks the number of members. */
  public MemberStep {
    others = List.copyOf(others);
    boolean two = kind == Kind.SWAP || kind == Kind.GROW || kind == Kind.SHRINK;
    boolean any = kind == Kind.JOIN;
    if ((two && others.size() != 1) || (!two && !any && !others.isEmpty()) || index < 0) {
      throw new IllegalArgumentException(shard + " " + kind + " of " + first + " and " + others);
    }
  }

  /** A step about one member. */
  public static MemberStep of(ShardId shard, Kind kind, Member member) {
    return new MemberStep(shard, kind, member, List.of(), 0);
  }

  /** A step about two. */
  public static MemberStep of(ShardId shard, Kind kind, Member first, Member other) {
    return new MemberStep(shard, kind, first, List.of(other), 0);
  }

  /** A copy that is to be erased since the entry at the position removed it. */
  public static MemberStep leave(ShardId shard, Member member, long index) {
    return new MemberStep(shard, Kind.LEAVE, member, List.of(), index);
  }

  /** A copy that is to be opened beside those who hold the shard. */
  public static MemberStep join(ShardId shard, Member member, List<Member> holders) {
    return new MemberStep(shard, Kind.JOIN, member, holders, 0);
  }

  /** For people. */
  public String words() {
    return shard + " " + kind + " " + first + (others.isEmpty() ? "" : " " + others);
  }

  /** Its bytes: {@code docs/formats/ledger.md}. */
  public byte[] encode() {
    WireWriter out = new WireWriter().u16(shard.number()).u8(kind.ordinal());
    write(out, first);
    out.u8(others.size());
    others.forEach(other -> write(out, other));
    return out.varint(index).toBytes();
  }

  /** Reads {@link #encode}. */
  public static MemberStep decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    try {
      ShardId shard = new ShardId(in.u16());
      int code = in.u8();
      if (code >= Kind.values().length) {
        throw new MalformedMessage("member step " + code + " is not known here");
      }
      Member first = member(in);
      int count = in.u8();
      if (count > MEMBERS_MAX) {
        throw new MalformedMessage("member step with " + count + " others");
      }
      List<Member> others = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        others.add(member(in));
      }
      MemberStep step = new MemberStep(shard, Kind.values()[code], first, others, in.varint());
      in.done();
      return step;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }

  static void write(WireWriter out, Member member) {
    out.text(member.node().name()).varint(member.incarnation());
  }

  static Member member(WireReader in) throws MalformedMessage {
    return new Member(NodeId.of(in.text()), in.varint());
  }
}
