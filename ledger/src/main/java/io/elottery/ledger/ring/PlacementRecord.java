package io.elottery.ledger.ring;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.shard.ShardId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who is to hold a shard: what main writes, one record for each shard. It says where the shard is
 * going; how far it is, its Raft configuration says.
 *
 * @param changes rises with every change of the record; 0 for the first members
 * @param highest the highest incarnation ever given to a copy of the shard: none comes twice
 * @param members who is to hold it, the preferred writer first: one, three or five
 * @param leaving who held it before and may hold it still; none when it rests
 * @param why the last change was made, for people
 * @param since when it was made
 */
public record PlacementRecord(
    ShardId shard,
    long changes,
    long highest,
    List<Member> members,
    List<Member> leaving,
    String why,
    Instant since) {
  private static final int FORMAT = 1;
  private static final int MEMBERS_MAX = 16;

  /** Copies, and checks that the size is one to rest at. */
  public PlacementRecord {
    members = List.copyOf(members);
    leaving = List.copyOf(leaving);
    new Placement(shard, members); // The same rules.
    if (changes < 0 || members.stream().anyMatch(member -> member.incarnation() > highest)) {
      throw new IllegalArgumentException(shard + ": incarnations above " + highest);
    }
  }

  /** The first members, as the ring has them. */
  public static PlacementRecord first(Placement placement) {
    long highest = placement.members().stream().mapToLong(Member::incarnation).max().orElse(1);
    return new PlacementRecord(
        placement.shard(),
        placement.changes(),
        highest,
        placement.members(),
        List.of(),
        "",
        Instant.EPOCH);
  }

  /** Whether nothing is changing. */
  public boolean rests() {
    return leaving.isEmpty() && since.equals(Instant.EPOCH);
  }

  /** What the ring says meanwhile: those who are to hold it, then those who may still. */
  public Placement placement() {
    List<Member> all = new ArrayList<>(members);
    for (Member member : leaving) {
      if (all.stream().noneMatch(other -> other.node().equals(member.node()))) {
        all.add(member);
      }
    }
    return new Placement(shard, changes, all);
  }

  /** As it will be once nothing changes any more: those who are to hold it alone. */
  public Placement wanted() {
    return new Placement(shard, changes, members);
  }

  /**
   * A copy is to be on another worker, or on the same one under a new incarnation.
   *
   * @throws IllegalArgumentException when there is no such copy, or the worker has one already
   */
  public PlacementRecord exchange(NodeId old, NodeId by, String because, Instant now) {
    Member out = held(old);
    if (!old.equals(by) && at(by).isPresent()) {
      throw new IllegalArgumentException(by + " holds a copy of " + shard + " already");
    }
    List<Member> next = new ArrayList<>(members);
    next.set(next.indexOf(out), new Member(by, highest + 1));
    return changed(highest + 1, next, List.of(out), because, now);
  }

  /** Two more are to hold it. */
  public PlacementRecord grow(NodeId one, NodeId other, String because, Instant now) {
    List<Member> next = new ArrayList<>(members);
    next.add(new Member(one, highest + 1));
    next.add(new Member(other, highest + 2));
    return changed(highest + 2, next, List.of(), because, now);
  }

  /** Two are to hold it no more. */
  public PlacementRecord shrink(NodeId one, NodeId other, String because, Instant now) {
    List<Member> next = new ArrayList<>(members);
    List<Member> out = List.of(held(one), held(other));
    next.removeAll(out);
    return changed(highest, next, out, because, now);
  }

  /** Another of them is to write when all is well. */
  public PlacementRecord prefer(NodeId writer, String because, Instant now) {
    Member first = held(writer);
    List<Member> next = new ArrayList<>(members);
    next.remove(first);
    next.add(0, first);
    return new PlacementRecord(shard, changes + 1, highest, next, leaving, because, since);
  }

  /** Back to those who hold it in truth: what was begun is left. */
  public PlacementRecord back(List<Member> voters, String because, Instant now) {
    List<Member> next = new ArrayList<>(voters);
    next.sort((one, other) -> Integer.compare(place(one), place(other)));
    List<Member> out = members.stream().filter(member -> !voters.contains(member)).toList();
    return changed(highest, next, out, because, now);
  }

  /**
   * A copy that was to come is lost before it counted: another one is to come to the same worker.
   *
   * @throws IllegalArgumentException when the worker is to hold none
   */
  public PlacementRecord again(NodeId node, String because) {
    List<Member> next = new ArrayList<>(members);
    next.set(next.indexOf(held(node)), new Member(node, highest + 1));
    return new PlacementRecord(shard, changes + 1, highest + 1, next, leaving, because, since);
  }

  /** What was begun is done. */
  public PlacementRecord done() {
    return new PlacementRecord(shard, changes + 1, highest, members, List.of(), why, Instant.EPOCH);
  }

  /** Who is to hold a copy at the worker. */
  public Optional<Member> at(NodeId node) {
    return members.stream().filter(member -> member.node().equals(node)).findFirst();
  }

  private PlacementRecord changed(
      long newHighest, List<Member> next, List<Member> out, String because, Instant now) {
    Instant begins = now.equals(Instant.EPOCH) ? now.plusMillis(1) : now;
    return new PlacementRecord(shard, changes + 1, newHighest, next, out, because, begins);
  }

  private Member held(NodeId node) {
    return at(node)
        .orElseThrow(() -> new IllegalArgumentException(node + " holds no copy of " + shard));
  }

  // Where it stood, or what it took the place of; the others last.
  private int place(Member member) {
    int at = members.indexOf(member);
    return at >= 0 ? at : MEMBERS_MAX;
  }

  /** Its bytes: {@code docs/formats/ledger.md}. */
  public byte[] encode() {
    WireWriter out =
        new WireWriter().u8(FORMAT).u16(shard.number()).varint(changes).varint(highest);
    write(out, members);
    write(out, leaving);
    return out.text(why).i64(since.toEpochMilli()).toBytes();
  }

  /** Reads {@link #encode}. */
  public static PlacementRecord decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FORMAT) {
      throw new MalformedMessage("placement of format " + format + ": this build reads 1");
    }
    try {
      PlacementRecord record =
          new PlacementRecord(
              new ShardId(in.u16()),
              in.varint(),
              in.varint(),
              members(in),
              members(in),
              in.text(),
              Instant.ofEpochMilli(in.i64()));
      in.done();
      return record;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
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
}
