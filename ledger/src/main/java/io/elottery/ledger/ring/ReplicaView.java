package io.elottery.ledger.ring;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.shard.ShardId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a replica knows of itself and of its shard, as its worker tells main.
 *
 * @param member what it is called
 * @param writes whether it is the writer, as far as it knows
 * @param writer who is, as far as it knows
 * @param commit up to where the log is committed, as far as it knows
 * @param applied up to where its state is
 * @param last the end of its log
 * @param membership who holds the shard, as its log says
 * @param positions how far the others are, if it writes
 * @param ready learners that could be promoted now, if it writes
 * @param pieces pieces it has of the snapshot it is being sent; 0 when none is
 * @param piecesOf how many there are; 0 when none is sent
 * @param refused members it has not listened to for long, since it knew their stores otherwise
 */
public record ReplicaView(
    ShardId shard,
    Member member,
    boolean writes,
    Optional<NodeId> writer,
    int term,
    long commit,
    long applied,
    long last,
    Membership membership,
    SortedMap<Member, Long> positions,
    List<Member> ready,
    int pieces,
    int piecesOf,
    List<Member> refused) {
  private static final int FORMAT = 2;
  private static final int WITHOUT_REFUSED = 1;
  private static final int MEMBERS_MAX = 16;
  private static final int VIEWS_MAX = 65_536;

  /** Copies. */
  public ReplicaView {
    positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
    ready = List.copyOf(ready);
    refused = List.copyOf(refused);
  }

  /** All views of a worker: {@code docs/formats/ledger.md}. */
  public static byte[] encode(List<ReplicaView> views) {
    WireWriter out = new WireWriter(256).u8(FORMAT).varint(views.size());
    views.forEach(view -> view.write(out));
    return out.toBytes();
  }

  /** Reads {@link #encode}. */
  public static List<ReplicaView> decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT && format != WITHOUT_REFUSED) {
      throw new MalformedMessage("replica views of format " + format + ": this build reads 1, 2");
    }
    try {
      List<ReplicaView> views = new ArrayList<>();
      for (int left = in.count(VIEWS_MAX); left > 0; left--) {
        views.add(read(in, format));
      }
      in.done();
      return views;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }

  private void write(WireWriter out) {
    out.u16(shard.number());
    MemberStep.write(out, member);
    out.bool(writes).bool(writer.isPresent());
    writer.ifPresent(node -> out.text(node.name()));
    out.varint(term).varint(commit).varint(applied).varint(last);
    out.varint(membership.index()).bool(membership.settled());
    write(out, membership.voters());
    write(out, membership.learners());
    out.u8(positions.size());
    positions.forEach(
        (who, at) -> {
          MemberStep.write(out, who);
          out.varint(at);
        });
    write(out, ready);
    out.varint(pieces).varint(piecesOf);
    write(out, refused);
  }

  private static ReplicaView read(WireReader in, int format) throws MalformedMessage {
    ShardId shard = new ShardId(in.u16());
    Member member = MemberStep.member(in);
    boolean writes = in.bool();
    Optional<NodeId> writer = in.bool() ? Optional.of(NodeId.of(in.text())) : Optional.empty();
    int term = in.count(Integer.MAX_VALUE);
    long commit = in.varint();
    long applied = in.varint();
    long last = in.varint();
    Membership membership = new Membership(in.varint(), in.bool(), members(in), members(in));
    SortedMap<Member, Long> positions = new TreeMap<>();
    for (int left = in.count(MEMBERS_MAX); left > 0; left--) {
      positions.put(MemberStep.member(in), in.varint());
    }
    return new ReplicaView(
        shard,
        member,
        writes,
        writer,
        term,
        commit,
        applied,
        last,
        membership,
        positions,
        members(in),
        in.count(Integer.MAX_VALUE),
        in.count(Integer.MAX_VALUE),
        format == WITHOUT_REFUSED ? List.of() : members(in));
  }

  private static void write(WireWriter out, List<Member> members) {
    out.u8(members.size());
    members.forEach(member -> MemberStep.write(out, member));
  }

  private static List<Member> members(WireReader in) throws MalformedMessage {
    List<Member> members = new ArrayList<>();
    for (int left = in.count(MEMBERS_MAX); left > 0; left--) {
      members.add(MemberStep.member(in));
    }
    return members;
  }

  /** The view of the writer of the highest term, of those of one shard. */
  public static Optional<ReplicaView> writer(Iterable<ReplicaView> views) {
    ReplicaView best = null;
    for (ReplicaView view : views) {
      if (view.writes && (best == null || view.term > best.term)) {
        best = view;
      }
    }
    return Optional.ofNullable(best);
  }

  /** How far the member is, as this writer or the member itself says. */
  public Optional<Long> position(Member of) {
    return of.equals(member) ? Optional.of(last) : Optional.ofNullable(positions.get(of));
  }
}
