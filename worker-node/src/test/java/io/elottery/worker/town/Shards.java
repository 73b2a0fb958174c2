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
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.machine.ReplicatedMachine;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.mailroom.MailroomConfig;
import io.elottery.ledger.mailroom.Route;
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
import io.elottery.worker.shards.TownErrands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Workers with the real replicas, gateways with the real mailroom and players with a real lottery.
 *
 * <p>Held after every event: what a {@link History} promises to players (DESIGN section 7, 1), that
 * all copies have one life ({@link Copies}, 1, 7 and 8), that a term has one writer (3), and that
 * no answer leaves before its log entry is durable on a majority (1).
 */
final class Shards {
  private static final Duration ERRANDS = Duration.ofMillis(100);
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
  private final Map<ShardId, Long> abroads = new TreeMap<>(); // given to other branches, so far
  private long onItsWay;
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
      copies.put(shard, new Copies(shard, broken, abroad -> onItsWay(shard, abroad)));
    }
    names.forEach(name -> workers.put(name, world.node(name.name(), Role.WORKER, this::boot)));
    moves = new Moves(this, first, script.seed());
    List<Shop> shops =
        Scripts.GATEWAYS.stream().map(name -> new Shop(world, name, moves::ring)).toList();
    open(shops);
    world.invariant("WhatPlayersSaw", () -> check(history.isClean(), history::findings));
    world.invariant("OneLife", () -> check(broken.isEmpty(), () -> broken));
  }

  // What one branch gives to another it gives first: no wager is ever half.
  private void onItsWay(ShardId shard, long abroad) {
    long before = abroads.getOrDefault(shard, 0L);
    if (abroad == before) {
      return;
    }
    abroads.put(shard, abroad);
    onItsWay += abroad - before;
    if (onItsWay < 0) {
      broken.add("%s: %d more came from other branches than was given".formatted(shard, -onItsWay));
    }
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
              sales.get((i + 1) % sales.size()),
              shops.get(i % shops.size()),
              history,
              SimRandom.named(script.seed(), "player " + i),
              rest);
      buyers.add(buyer);
      Shop shop = shops.get(i % shops.size());
      world.after(Duration.ofMillis(1), () -> shop.loop().post(buyer::begin));
    }
  }

  private static void check(boolean holds, Supplier<List<?>> found) {
    if (!holds) {
      throw new AssertionError(found.get().toString());
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
            "replica",
            (from, envelope) ->
                loop.post(
                    () -> {
                      // Damaged when it was opened: it ends, and takes nothing until then.
                      if (ledger[0] != null) {
                        ledger[0].received(from, envelope);
                      }
                    }));
    Switchboard[] clients = new Switchboard[1];
    Transport trunk =
        node.transport(
            "trunk", (from, envelope) -> loop.post(() -> clients[0].received(from, envelope)));
    clients[0] =
        new Switchboard(
            1,
            (to, envelope) -> {
              if (to.equals(node.id())) {
                return loop.post(() -> clients[0].received(node.self(), envelope));
              }
              leaves(node, envelope);
              return trunk.send(to, envelope);
            },
            loop);
    Mailroom mailroom =
        new Mailroom(
            clients[0],
            Route.toWorkers(() -> Optional.of(ring())),
            loop,
            node.time(),
            MailroomConfig.defaults());
    TownErrands errands =
        new TownErrands(loop, mailroom, shard -> Objects.requireNonNull(ledger[0]).writes(shard));
    ledger[0] =
        new LedgerNode(
            node.id(),
            new LedgerNode.Ports(
                loop,
                (to, envelope) ->
                    keeps.keeps(node.id(), to, envelope) || replicas.send(to, envelope),
                clients[0],
                store,
                () -> Long.MAX_VALUE,
                node.random(),
                (where, problem) -> stops(node, where, problem)),
            shard -> copies(shard).fresh(errands.hold(shard)),
            new TownSeals(node.id(), sales.size() > 1),
            config);
    ledger[0].takes(TownErrands::mayCall);
    if (sales.size() > 1) {
      loop.every(ERRANDS, errands::run);
    }
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
    for (ShardId shard : copies.keySet()) {
      if (ledger.writes(shard)) {
        ledger.forEachReplica((each, status) -> oneWriter(worker, each, status));
        return;
      }
    }
  }

  private void oneWriter(NodeId worker, ShardId shard, GroupStatus status) {
    if (status.writes()) {
      long key = status.term() * 1_000L + shard.number();
      NodeId before = writers.putIfAbsent(key, worker);
      if (before != null && !before.equals(worker)) {
        broken.add(
            "%s: %s and %s both write in term %d".formatted(shard, before, worker, status.term()));
      }
    }
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
    int holding = holding(writer.id(), shard, index);
    int voters = voters(writer.id(), shard);
    if (forgetful.contains(writer.id())) {
      // Its own disk is no measure: what it answers from may have been flipped since.
      for (NodeId other : workers.keySet()) {
        holding = Math.max(holding, holding(other, shard, index));
      }
    }
    if (holding < (voters + 1) / 2) {
      broken.add(
          "%s: %s answers from position %d, which is durable on %d of %d"
              .formatted(shard, writer.id(), index, holding, voters));
    }
  }

  // Whoever holds what this one does: who leaves may have been among those that committed it.
  private int holding(NodeId one, ShardId shard, long index) {
    List<byte[]> known = Records.at(disk(one), shard, index);
    int holding = 0;
    for (SimNode node : workers.values()) {
      holding +=
          forgetful.contains(node.id())
                  || Records.same(known, Records.at(disk(node.id()), shard, index))
              ? 1
              : 0;
      if (holding >= (workers.size() + 1) / 2) {
        return holding;
      }
    }
    return holding;
  }

  private int voters(NodeId writer, ShardId shard) {
    for (ReplicaView view : ledger(writer).map(LedgerNode::views).orElse(List.of())) {
      if (view.shard().equals(shard)) {
        return view.membership().voters().size();
      }
    }
    return 1;
  }

  /** Whether everybody who bought knows what came of it. */
  boolean allIsKnown() {
    return buyers.stream().allMatch(Buyer::isDone) && sales.stream().allMatch(Sale::isDone);
  }

  /** Wagers sealed by a draw of another branch, as their players were told. */
  long abroad() {
    return buyers.stream().mapToLong(Buyer::abroad).sum();
  }

  /**
   * Whether nobody lacks a copy, every copy has executed what any has, and no shard owes another
   * one anything.
   */
  boolean allIsEqual() {
    if (!moves.rest() || onItsWay != 0) {
      return false;
    }
    for (NodeId worker : workers.keySet()) {
      Optional<LedgerNode> ledger = ledger(worker);
      if (ledger.isEmpty()) {
        return false;
      }
      for (ShardId shard : ring().heldBy(worker)) {
        Optional<ReplicatedMachine> copy = ledger.get().machine(shard);
        if (copy.isEmpty() || !isWhole((Copies.Copy) copy.get(), shard)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isWhole(Copies.Copy copy, ShardId shard) {
    return copy.place() == copies(shard).count() && copy.owesNothing();
  }

  /** Where every copy stands, for people. */
  String standing() {
    StringBuilder text = new StringBuilder(moves.toString());
    text.append("\non its way between branches: ").append(onItsWay);
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
