package io.elottery.ledger.node;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.Timer;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.node.ClosedCopies.Closed;
import io.elottery.ledger.node.PeerStores.Verdict;
import io.elottery.ledger.raft.GroupCommit;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.DurableStore;
import io.elottery.ledger.store.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over what is at rest: whether the others' stores are those that are known, whether the
 * others still know this one, which copies here were closed, and how much room is left, on disk and
 * in memory.
 *
 * <p>Every second each member is told how far this store has come, so that also those whom a member
 * never answers know when it went back. A copy is closed when its writer or two other members
 * refuse its store. On the ledger loop.
 */
final class StoreWatch {
  /** The copies that run here, with their members' workers; this one among them. */
  interface Held {
    /** Visits each. */
    void forEach(BiConsumer<ShardId, List<NodeId>> visitor);

    /** The incarnation of the copy that runs here, if one does. */
    Optional<Long> incarnation(ShardId shard);

    /** Who writes, as the copy that runs here knows. */
    Optional<NodeId> writer(ShardId shard);

    /** The copy must stop now. */
    void stop(ShardId shard, String why);
  }

  /** A member is refused: since when, until when so far, in nanoseconds of the loop's time. */
  private record Refusal(long since, long last, Verdict why) {}

  private static final Logger log = LoggerFactory.getLogger(StoreWatch.class);
  private static final Duration TELL_EVERY = Duration.ofSeconds(1);
  // What is not kept yet is forgotten in a crash, and with it that a member's store went back.
  private static final Duration KEEP_EVERY = Duration.ofMillis(100);
  // One that its other members refuse too is closed long before.
  private static final Duration REFUSED_LONG = Duration.ofSeconds(10);
  private static final Duration REFUSED_STILL = Duration.ofSeconds(5);
  private static final int VERSION = 1;
  private static final int REFUSALS = 2;
  private static final int SHARED_MAX = ShardId.MAX;

  private final NodeId self;
  private final NodeLoop loop;
  private final Transport peers;
  private final DurableStore store;
  private final Held held;
  private final PeerStores known;
  private final ClosedCopies closed;
  private final Map<ShardId, Set<NodeId>> refusedBy = new TreeMap<>();
  private final Map<String, Long> noticed = new HashMap<>();
  private final Map<ShardId, Map<Member, Refusal>> refusals = new TreeMap<>();
  private final Timer timer;
  private final Timer keeping;
  private final LongSupplier memory;
  private long told;
  private long room;
  private long memoryRoom;

  StoreWatch(
      NodeId self,
      NodeLoop loop,
      Transport peers,
      GroupCommit records,
      LongSupplier memory,
      Held held) {
    this.self = self;
    this.loop = loop;
    this.peers = peers;
    this.store = records.store();
    this.held = held;
    this.known = new PeerStores(records);
    this.closed = new ClosedCopies(records);
    this.memory = memory;
    this.room = store.room();
    this.memoryRoom = memory.getAsLong();
    this.timer = loop.every(TELL_EVERY, this::everySecond);
    this.keeping = loop.every(KEEP_EVERY, known::keep);
  }

  /** Whether a member may be listened to; one that may not is told. */
  Verdict judge(ShardId shard, NodeId from, long incarnation, Standing theirs) {
    Verdict verdict = known.judge(shard, from, incarnation, theirs);
    if (verdict != Verdict.LISTEN && verdict != Verdict.LISTEN_WHEN_FLUSHED) {
      notice(shard, from, incarnation, theirs, verdict);
    }
    if (verdict == Verdict.OTHER_STORE || verdict == Verdict.WENT_BACK) {
      long now = loop.time().nanos();
      refusals
          .computeIfAbsent(shard, none -> new TreeMap<>())
          .merge(
              new Member(from, incarnation),
              new Refusal(now, now, verdict),
              (first, again) -> new Refusal(first.since(), again.last(), again.why()));
    }
    return verdict;
  }

  /**
   * The members of shards held here that speak but are not listened to, for long now. Whoever
   * others refuse too closes itself; one that this worker refuses alone goes on, and the copy here
   * gets nothing where it writes: then it is to be exchanged.
   */
  Map<ShardId, Set<Member>> refusedLong() {
    Map<ShardId, Set<Member>> all = new TreeMap<>();
    long now = loop.time().nanos();
    refusals.forEach(
        (shard, members) ->
            members.forEach(
                (member, refusal) -> {
                  if (held.incarnation(shard).isPresent()
                      && !isOver(refusal, now)
                      && now - refusal.since() > REFUSED_LONG.toNanos()) {
                    all.computeIfAbsent(shard, none -> new TreeSet<>()).add(member);
                  }
                }));
    return all;
  }

  /** Why the copy may not be opened, if it may not. */
  Optional<String> closed(ShardId shard, long incarnation) {
    return closed.closed(shard, incarnation).map(Closed::why);
  }

  /** The copy may never speak again under this incarnation; told to main by {@link #troubles}. */
  void close(ShardId shard, long incarnation, String why) {
    if (closed(shard, incarnation).isEmpty()) {
      log.error(
          "{}: the copy {} is closed for good: {}. Its records are kept; replace this copy",
          shard,
          new Member(self, incarnation),
          why);
      closed.close(shard, incarnation, why);
      held.stop(shard, why);
    }
  }

  /** What has no room left beyond its reserve, if anything has not. */
  Optional<String> full() {
    if (room == 0) {
      return Optional.of("disk full on " + self);
    }
    return memoryRoom == 0 ? Optional.of("memory full on " + self) : Optional.empty();
  }

  /** Messages of members that were not listened to. */
  long refused() {
    return known.refused();
  }

  /** What a person must know, each with its code first. */
  List<String> troubles() {
    List<String> all = new ArrayList<>();
    if (room == 0) {
      all.add("DISK_FULL " + self + ": the disk is full up to its reserve, no wagers are taken");
    }
    if (memoryRoom == 0) {
      all.add("MEMORY_FULL " + self + ": the heap is full up to its reserve, no wagers are taken");
    }
    for (Closed copy : new TreeMap<>(closed.all()).values()) {
      if (held.incarnation(copy.shard()).isEmpty()) {
        all.add("COPY_DAMAGED " + copy.shard() + ": " + copy.why());
      }
    }
    refusedLong()
        .forEach(
            (shard, members) ->
                members.forEach(
                    member ->
                        all.add(
                            "COPY_REFUSED %s: %s is not listened to here: its store %s"
                                .formatted(shard, member, why(shard, member)))));
    return all;
  }

  private String why(ShardId shard, Member member) {
    Refusal refusal = refusals.getOrDefault(shard, Map.of()).get(member);
    return refusal != null && refusal.why() == Verdict.OTHER_STORE
        ? "is another one than it was"
        : "went back behind what it had said";
  }

  /** Takes {@link LedgerKinds#STORE} and {@link LedgerKinds#STORE_REFUSED}. */
  void received(NodeId from, Envelope envelope) throws MalformedMessage {
    if (envelope.version() != VERSION) {
      throw new MalformedMessage("version " + envelope.version());
    }
    WireReader in = new WireReader(envelope.body());
    if (envelope.kind() == LedgerKinds.STORE) {
      Standing theirs = Standing.read(in);
      int count = in.count(SHARED_MAX);
      for (int i = 0; i < count; i++) {
        ShardId shard = shard(in);
        long incarnation = incarnation(in);
        if (held.incarnation(shard).isPresent()) {
          judge(shard, from, incarnation, theirs);
        }
      }
    } else {
      refused(shard(in), from, incarnation(in), Standing.read(in), in.u8());
    }
    in.done();
  }

  void stop() {
    timer.cancel();
    keeping.cancel();
  }

  private void everySecond() {
    room = looked("disk", room, store.room());
    memoryRoom = looked("memory", memoryRoom, memory.getAsLong());
    forgetRefusals();
    Standing standing = store.standing();
    if (standing.mark() != told) {
      told = standing.mark();
      tell(standing);
    }
  }

  private long looked(String what, long before, long now) {
    if ((now == 0) != (before == 0)) {
      log.warn(
          now == 0
              ? "{}: the {} is full up to its reserve: new wagers are refused"
              : "{}: the {} has room again: wagers are taken",
          self,
          what);
    }
    return now;
  }

  // Refused again later, it counts from then.
  private void forgetRefusals() {
    long now = loop.time().nanos();
    refusals.values().forEach(each -> each.values().removeIf(it -> isOver(it, now)));
    refusals.values().removeIf(Map::isEmpty);
  }

  private static boolean isOver(Refusal refusal, long now) {
    return now - refusal.last() >= REFUSED_STILL.toNanos();
  }

  private void tell(Standing standing) {
    Map<NodeId, List<ShardId>> shared = new TreeMap<>();
    held.forEach(
        (shard, members) ->
            members.stream()
                .filter(member -> !member.equals(self))
                .forEach(
                    member -> shared.computeIfAbsent(member, it -> new ArrayList<>()).add(shard)));
    shared.forEach(
        (peer, shards) -> {
          WireWriter out = new WireWriter();
          standing.write(out);
          out.varint(shards.size());
          for (ShardId shard : shards) {
            out.u16(shard.number()).varint(held.incarnation(shard).orElseThrow());
          }
          peers.send(peer, new Envelope(LedgerKinds.STORE, VERSION, out.toBytes()));
        });
  }

  // At most once a second for each copy: it sends many messages, and one notice is enough.
  private void notice(
      ShardId shard, NodeId to, long incarnation, Standing theirs, Verdict verdict) {
    long now = loop.time().nanos();
    Long last = noticed.get(shard + "/" + to);
    if (last != null && now - last < TELL_EVERY.toNanos()) {
      return;
    }
    noticed.put(shard + "/" + to, now);
    WireWriter out = new WireWriter().u16(shard.number()).varint(incarnation);
    theirs.write(out);
    out.u8(verdict == Verdict.OTHER_STORE ? 0 : 1);
    peers.send(to, new Envelope(LedgerKinds.STORE_REFUSED, VERSION, out.toBytes()));
  }

  private void refused(ShardId shard, NodeId by, long incarnation, Standing refused, int why) {
    Optional<Long> mine = held.incarnation(shard);
    if (!refused.sameBoot(store.standing()) || mine.filter(it -> it == incarnation).isEmpty()) {
      return; // Of an earlier life; or closed already.
    }
    List<NodeId> others = new ArrayList<>();
    held.forEach(
        (each, members) -> {
          if (each.equals(shard)) {
            members.stream().filter(member -> !member.equals(self)).forEach(others::add);
          }
        });
    if (!others.contains(by)) {
      return;
    }
    Set<NodeId> all = refusedBy.computeIfAbsent(shard, it -> new TreeSet<>());
    all.add(by);
    // One alone may be wrong itself; but without the writer this copy would get nothing anyway.
    if (!held.writer(shard).equals(Optional.of(by))
        && all.size() < Math.min(REFUSALS, others.size())) {
      return;
    }
    if (why == 0) {
      close(shard, incarnation, "its store was lost: others know it with another one " + all);
      return;
    }
    List<ShardId> here = new ArrayList<>();
    held.forEach((each, members) -> here.add(each));
    for (ShardId each : here) {
      close(
          each,
          held.incarnation(each).orElseThrow(),
          "its store went back behind what it had said to " + all);
    }
  }

  private static ShardId shard(WireReader in) throws MalformedMessage {
    int number = in.u16();
    if (number >= ShardId.MAX) {
      throw new MalformedMessage("shard " + number);
    }
    return new ShardId(number);
  }

  private static long incarnation(WireReader in) throws MalformedMessage {
    long incarnation = in.varint();
    if (incarnation < 1) {
      throw new MalformedMessage("incarnation " + incarnation);
    }
    return incarnation;
  }
}
