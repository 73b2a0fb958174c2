package io.elottery.worker.town;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.SimDisk;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimRandom;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.machine.ReplicatedMachine;
import io.elottery.ledger.node.LedgerConfig;
import io.elottery.ledger.node.LedgerNode;
import io.elottery.ledger.node.ShardStatus;
import io.elottery.ledger.raft.GroupStatus;
import io.elottery.ledger.raft.RaftSettings;
import io.elottery.ledger.ring.ReplicaView;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.ring.RingBuilder;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.DurableStore;
import io.elottery.ledger.store.RecordDamaged;
import io.elottery.ledger.store.StoreFailed;
import io.elottery.lottery.checker.History;
import io.elottery.lottery.id.BranchId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Workers with the real replicas, gateways with the real mailroom and players with a real lottery.
 *
 * <p>Held after every event: what a {@link History} promises to players (DESIGN section 7, 1), that
 * all copies have one life ({@link Copies}, 1, 7 and 8), that a term has one writer (3), and that
 * no answer leaves before its log entry is durable on a majority (1).
 */
final class Shards {
  private static final Duration STARTS_AGAIN = Duration.ofMillis(1_500);

  final SimWorld world;
  final History history = new History();
  final Map<NodeId, SimNode> workers = new TreeMap<>();
  final List<Buyer> buyers = new ArrayList<>();
  private final List<Sale> sales = new ArrayList<>();
  final Set<NodeId> forgetful = new TreeSet<>(); // whose store was lost for good
  final Set<NodeId> full = new TreeSet<>(); // whose disk is
  private final Script script;
  private final Stores stores;
  private final LedgerConfig config;
  final Moves moves;
  private final List<String> broken = new ArrayList<>();
  private final Map<ShardId, Copies> copies = new TreeMap<>();
  private final Map<NodeId, LedgerNode> running = new TreeMap<>();
  private final Map<NodeId, NodeLoop> loops = new TreeMap<>();
  private final Map<NodeId, Long> lives = new TreeMap<>(); // in which it opened its store
  private final Map<Long, NodeId> writers = new HashMap<>(); // by term and shard
  private final SimRandom chance;
  private boolean looksAtDisks = true;
  private int answers;
  private Keeps keeps = (from, to, envelope) -> false;

  /** Keeps messages between replicas on their way. */
  interface Keeps {
    /** True: it does not arrive. */
    boolean keeps(NodeId from, NodeId to, Envelope envelope);
  }

  /** Opens a worker's store at its start. */
  interface Stores {
    /** On the worker's disk. */
    DurableStore open(SimNode worker, LongSupplier room);
  }

  Shards(Script script) {
    this(script, DiskStore::open);
  }

  Shards(Script script, Stores stores) {
    this.script = script;
    this.stores = stores;
    this.world = new SimWorld(script.seed());
    this.chance = SimRandom.named(script.seed(), "shards");
    this.config = config(script.snapshotEvery());
    List<NodeId> names = Scripts.workers(script.workers());
    Ring first = RingBuilder.place(names, script.shards(), script.copies());
    for (int i = 0; i < script.shards(); i++) {
      ShardId shard = new ShardId(i);
      copies.put(shard, new Copies(shard, broken));
    }
    names.forEach(name -> workers.put(name, world.node(name.name(), Role.WORKER, this::boot)));
    moves = new Moves(this, first, script.seed());
    List<Shop> shops =
        Scripts.GATEWAYS.stream().map(name -> new Shop(world, name, moves::ring)).toList();
    open(shops);
    world.invariant("WhatPlayersSaw", () -> check(history.isClean(), history.findings()));
    world.invariant("OneLife", () -> check(broken.isEmpty(), broken));
  }

  private void open(List<Shop> shops) {
    for (String branch : List.of("TOR", "MTL", "OTW").subList(0, script.shards() > 1 ? 3 : 1)) {
      Shop shop = shops.get(sales.size() % shops.size());
      sales.add(new Sale(BranchId.of(branch), shop, SimRandom.named(script.seed(), branch)));
    }
    Duration rest = Duration.ofMillis(script.restMillis());
    for (int i = 0; i < script.players(); i++) {
      Buyer buyer =
          new Buyer(
              "player" + i,
              sales.get(i % sales.size()),
              shops.get(i % shops.size()),
              history,
              SimRandom.named(script.seed(), "player " + i),
              rest);
      buyers.add(buyer);
      Shop shop = shops.get(i % shops.size());
      world.after(Duration.ofMillis(1), () -> shop.loop().post(buyer::begin));
    }
  }

  private static void check(boolean holds, Object found) {
    if (!holds) {
      throw new AssertionError(found.toString());
    }
  }

  private static LedgerConfig config(int snapshotEvery) {
    LedgerConfig defaults = LedgerConfig.defaults();
    RaftSettings raft = defaults.raft();
    return new LedgerConfig(
        new RaftSettings(
            raft.heartbeat(),
            raft.heartbeatTimeout(),
            raft.electionTimeout(),
            snapshotEvery,
            raft.snapshotBytes(),
            raft.pendingMax(),
            raft.appendMax()),
        4,
        defaults.batchBytes(),
        16,
        defaults.queue(),
        defaults.wakeEvery(),
        defaults.standInAfter());
  }

  /** For runs in which the history alone is to find out. */
  void looksAtPlayersOnly() {
    looksAtDisks = false;
    world.invariant("OneLife", () -> {});
  }

  /** From now on. */
  void keeps(Keeps those) {
    keeps = those;
  }

  /** Who writes the shard in the highest term and knows it. */
  Optional<NodeId> writer(ShardId shard) {
    Optional<NodeId> best = Optional.empty();
    int bestTerm = -1;
    for (NodeId worker : workers.keySet()) {
      for (ShardStatus status : ledger(worker).map(LedgerNode::status).orElse(List.of())) {
        GroupStatus group = status.group();
        if (status.shard().equals(shard) && group.writes() && group.term() > bestTerm) {
          bestTerm = group.term();
          best = Optional.of(worker);
        }
      }
    }
    return best;
  }

  /** Answers that left a worker. */
  int answers() {
    return answers;
  }

  Ring ring() {
    return moves.ring();
  }

  /** What runs on a worker, while it does. */
  Optional<LedgerNode> ledger(NodeId worker) {
    LedgerNode ledger = running.get(worker);
    return node(worker).isAlive() && lives.getOrDefault(worker, 0L) == node(worker).starts()
        ? Optional.ofNullable(ledger)
        : Optional.empty();
  }

  /** Does something on a worker's loop, when that turns; nothing while it is down. */
  void post(NodeId worker, Consumer<LedgerNode> act) {
    NodeLoop loop = loops.get(worker);
    ledger(worker).ifPresent(it -> Objects.requireNonNull(loop).post(() -> act.accept(it)));
  }

  SimNode node(NodeId worker) {
    return world.node(worker);
  }

  private void boot(SimNode node) {
    node.onFault((where, problem) -> stops(node, where, problem));
    DurableStore store;
    try {
      store = stores.open(node, () -> full.contains(node.id()) ? 0 : Long.MAX_VALUE);
    } catch (StoreFailed failed) {
      stops(node, "start", failed);
      return;
    } catch (RecordDamaged damaged) {
      stops(node, "start", damaged);
      return;
    }
    try {
      boot(node, store);
    } catch (RecordDamaged damaged) {
      stops(node, "start", damaged);
    }
  }

  private void boot(SimNode node, DurableStore store) {
    NodeLoop loop = node.loop("ledger");
    LedgerNode[] ledger = new LedgerNode[1];
    Transport replicas =
        node.transport(
            "replica", (from, envelope) -> loop.post(() -> ledger[0].received(from, envelope)));
    Switchboard[] clients = new Switchboard[1];
    Transport trunk =
        node.transport(
            "trunk", (from, envelope) -> loop.post(() -> clients[0].received(from, envelope)));
    clients[0] =
        new Switchboard(
            1,
            (to, envelope) -> {
              leaves(node, envelope);
              return trunk.send(to, envelope);
            },
            loop);
    ledger[0] =
        new LedgerNode(
            node.id(),
            new LedgerNode.Ports(
                loop,
                (to, envelope) ->
                    keeps.keeps(node.id(), to, envelope) || replicas.send(to, envelope),
                clients[0],
                store,
                node.random(),
                (where, problem) -> stops(node, where, problem)),
            shard -> copies(shard).fresh(),
            new TownSeals(node.id()),
            config);
    running.put(node.id(), ledger[0]);
    lives.put(node.id(), node.starts());
    loops.put(node.id(), loop);
    loop.onTurnEnd(() -> oneWriter(node.id(), ledger[0]));
    loop.onTurnEnd(() -> oneHistory(node.id(), ledger[0]));
    ledger[0].applyRing(ring());
  }

  private Copies copies(ShardId shard) {
    return Objects.requireNonNull(copies.get(shard));
  }

  // The process ends when its disk fails or holds what was not written, a moment later, and is
  // started again; in the second case with an empty disk.
  private void stops(SimNode node, String where, Throwable problem) {
    if (!(problem instanceof StoreFailed || problem instanceof RecordDamaged)) {
      broken.add(node.id() + ": " + where + ": " + problem);
      return;
    }
    long life = node.starts();
    world.after(
        Duration.ofNanos(chance.between(0, 20_000_000)),
        () -> {
          if (node.isAlive() && node.starts() == life) {
            node.disk(DiskStore.DISK).failSyncs(false);
            node.crash();
            if (problem instanceof RecordDamaged) {
              node.disk(DiskStore.DISK).wipe();
            }
            world.after(STARTS_AGAIN, node::start);
          }
        });
  }

  private void oneHistory(NodeId worker, LedgerNode ledger) {
    if (ledger.contradicted() > 0) {
      broken.add(worker + " has another history than a majority signed");
    }
  }

  private void oneWriter(NodeId worker, LedgerNode ledger) {
    ledger.forEachReplica(
        (shard, status) -> {
          if (status.writes()) {
            long key = status.term() * 1_000L + shard.number();
            NodeId before = writers.putIfAbsent(key, worker);
            if (before != null && !before.equals(worker)) {
              broken.add(
                  shard
                      + ": "
                      + before
                      + " and "
                      + worker
                      + " both write in term "
                      + status.term());
            }
          }
        });
  }

  // Whatever it answers, a majority could lose its power now and still know of it.
  private void leaves(SimNode worker, Envelope envelope) {
    if (envelope.kind() != Switchboard.RESPONSE) {
      return;
    }
    try {
      WireReader in = new WireReader(envelope.body());
      in.u8();
      in.i64();
      if (in.u16() == LedgerKinds.ANSWER) {
        in.u8();
        answered(worker, new ShardId(in.u16()), in.i64());
      }
    } catch (MalformedMessage ours) {
      throw new AssertionError(ours);
    }
  }

  private void answered(SimNode writer, ShardId shard, long index) {
    answers++;
    if (!looksAtDisks) {
      return;
    }
    List<byte[]> known = durable(writer, shard, index);
    int holding = 0;
    // Whoever holds it: one that leaves may have been among those that committed it.
    for (SimNode node : workers.values()) {
      boolean holds =
          durable(node, shard, index).stream()
              .anyMatch(there -> known.stream().anyMatch(entry -> same(entry, there)));
      holding += holds || forgetful.contains(node.id()) ? 1 : 0;
    }
    int voters = voters(writer.id(), shard);
    if (holding < (voters + 1) / 2) {
      broken.add(
          "%s: %s answers from position %d, which is durable on %d of %d"
              .formatted(shard, writer.id(), index, holding, voters));
    }
  }

  private static final int CHECKSUM = 4;
  private static final long INCARNATIONS = 12;
  private static final byte[] SNAPSHOT = {1};

  private int voters(NodeId writer, ShardId shard) {
    for (ReplicaView view : ledger(writer).map(LedgerNode::views).orElse(List.of())) {
      if (view.shard().equals(shard)) {
        return view.membership().voters().size();
      }
    }
    return 1;
  }

  // But for the checksum, which speaks of the incarnation in the key, too.
  private static boolean same(byte[] one, byte[] other) {
    return one == SNAPSHOT
        || other == SNAPSHOT
        || (one.length == other.length
            && Arrays.equals(one, 0, one.length - CHECKSUM, other, 0, one.length - CHECKSUM));
  }

  // What each incarnation's copy has there. The keys of docs/formats/ledger.md.
  private static List<byte[]> durable(SimNode node, ShardId shard, long index) {
    NavigableMap<byte[], byte[]> disk = node.disk(DiskStore.DISK).durable();
    List<byte[]> found = new ArrayList<>();
    for (long incarnation = 1; incarnation <= INCARNATIONS; incarnation++) {
      byte[] entry = disk.get(key(shard, incarnation, 'L', index));
      byte[] snapshot = disk.ceilingKey(key(shard, incarnation, 'S', index));
      byte[] end = key(shard, incarnation, 'S', Long.MAX_VALUE);
      if (entry != null) {
        found.add(entry);
      } else if (snapshot != null && Arrays.compareUnsigned(snapshot, end) < 0) {
        found.add(SNAPSHOT);
      }
    }
    return found;
  }

  private static byte[] key(ShardId shard, long incarnation, char kind, long index) {
    return new WireWriter()
        .u8(1)
        .u16(shard.number())
        .i64(incarnation)
        .u8(kind)
        .i64(index)
        .toBytes();
  }

  /** Whether everybody who bought knows what came of it. */
  boolean allIsKnown() {
    return buyers.stream().allMatch(Buyer::isDone) && sales.stream().allMatch(Sale::isDone);
  }

  /** Whether nobody lacks a copy and every copy has executed what any has. */
  boolean allIsEqual() {
    if (!moves.rest()) {
      return false;
    }
    for (NodeId worker : workers.keySet()) {
      Optional<LedgerNode> ledger = ledger(worker);
      if (ledger.isEmpty()) {
        return false;
      }
      for (ShardId shard : ring().heldBy(worker)) {
        Optional<ReplicatedMachine> copy = ledger.get().machine(shard);
        if (copy.isEmpty() || ((Copies.Copy) copy.get()).place() != copies(shard).count()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Where every copy stands, for people. */
  String standing() {
    StringBuilder text = new StringBuilder(moves.toString());
    copies.forEach(
        (shard, all) -> text.append('\n').append(shard).append(" at ").append(all.count()));
    for (NodeId worker : workers.keySet()) {
      text.append('\n').append(worker);
      for (ReplicaView view : ledger(worker).map(LedgerNode::views).orElse(List.of())) {
        text.append(' ').append(view);
      }
    }
    return text.toString();
  }

  /** Closes and opens again the connections of a worker. */
  void reset(NodeId worker) {
    for (String name : List.of("replica", "trunk")) {
      world.nodes().forEach(other -> world.network(name).reset(worker, other.id()));
    }
  }

  SimDisk disk(NodeId worker) {
    return node(worker).disk(DiskStore.DISK);
  }
}
