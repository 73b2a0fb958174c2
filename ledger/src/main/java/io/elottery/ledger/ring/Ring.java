package io.elottery.ledger.ring;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.shard.ShardId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The map from actor to shard and from shard to workers, in one version.
 *
 * <p>The number of shards is fixed at set-up and an actor never changes shard: {@link #shardOf}
 * depends on the actor's key and that number alone.
 *
 * @param version rises with every change, 1 for the first
 * @param placements one for each shard, in the shards' order from 0
 */
public record Ring(long version, List<Placement> placements) {
  private static final int FIRST_MEMBERS = 1;
  private static final int CHANGED = 2; // the same, and how often each placement was changed

  /** Checks that every shard from 0 stands once, in order. */
  public Ring {
    placements = List.copyOf(placements);
    if (version < 1 || placements.isEmpty()) {
      throw new IllegalArgumentException("ring: expected a version ≥ 1 and at least one shard");
    }
    for (int i = 0; i < placements.size(); i++) {
      if (placements.get(i).shard().number() != i) {
        throw new IllegalArgumentException(
            "ring: " + placements.get(i).shard() + " where shard-" + i + " was expected");
      }
    }
  }

  /** The same with another placement of one shard. */
  public Ring with(long newer, Placement placement) {
    List<Placement> all = new ArrayList<>(placements);
    all.set(placement.shard().number(), placement);
    return new Ring(newer, all);
  }

  /** How many shards there are. */
  public int shards() {
    return placements.size();
  }

  /** The shard that holds the actor: the first 8 bytes of SHA-256 of its key, modulo shards. */
  public ShardId shardOf(String actorKey) {
    try {
      byte[] hash = Sha256.of(actorKey.getBytes(StandardCharsets.UTF_8));
      long first = new WireReader(hash, 0, 8).i64();
      return new ShardId((int) Long.remainderUnsigned(first, placements.size()));
    } catch (MalformedMessage impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Who holds the shard. */
  public Placement placement(ShardId shard) {
    return placements.get(shard.number());
  }

  /** The shards of which the worker holds a copy. */
  public List<ShardId> heldBy(NodeId node) {
    return placements.stream().filter(p -> p.holds(node)).map(Placement::shard).toList();
  }

  /** Whether two workers hold copies of one shard and so need a replica link. */
  public boolean share(NodeId one, NodeId other) {
    return placements.stream().anyMatch(p -> p.holds(one) && p.holds(other));
  }

  /** The bytes of {@code docs/formats/ledger.md}. */
  public byte[] encode() {
    boolean changed = placements.stream().anyMatch(placement -> placement.changes() > 0);
    WireWriter out =
        new WireWriter()
            .u8(changed ? CHANGED : FIRST_MEMBERS)
            .i64(version)
            .varint(placements.size());
    for (Placement placement : placements) {
      if (changed) {
        out.varint(placement.changes());
      }
      out.u8(placement.members().size());
      for (Member member : placement.members()) {
        out.text(member.node().name()).varint(member.incarnation());
      }
    }
    return out.toBytes();
  }

  /** Reads {@link #encode()}. */
  public static Ring decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int format = in.u8();
    if (format != FIRST_MEMBERS && format != CHANGED) {
      throw new MalformedMessage("ring format " + format + ": this build reads 1 and 2");
    }
    try {
      long version = in.i64();
      int shards = in.count(ShardId.MAX);
      List<Placement> placements = new ArrayList<>();
      for (int shard = 0; shard < shards; shard++) {
        long changes = format == CHANGED ? in.varint() : 0;
        int size = in.u8();
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          members.add(new Member(NodeId.of(in.text()), in.varint()));
        }
        placements.add(new Placement(new ShardId(shard), changes, members));
      }
      in.done();
      if (format == CHANGED && placements.stream().allMatch(it -> it.changes() == 0)) {
        throw new MalformedMessage("ring format 2 of first members: expected format 1");
      }
      return new Ring(version, placements);
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }
}
