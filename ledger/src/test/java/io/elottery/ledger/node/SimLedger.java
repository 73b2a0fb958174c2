package io.elottery.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.SimNode;
import io.elottery.foundation.simulation.SimWorld;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.ledger.machine.ReplicatedMachine;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.mailroom.MailroomConfig;
import io.elottery.ledger.mailroom.Route;
import io.elottery.ledger.raft.GroupStatus;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.ring.RingBuilder;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.DurableStore;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Workers with real replicas, and players behind a gateway that ask again with the same key until
 * they know, in a simulated world. Checks after every event that no replica ever holds another
 * history than the first that was seen, that what was acknowledged stays, and that a term has one
 * writer.
 */
final class SimLedger {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final SimWorld world;
  private Ring ring;
  private final LedgerConfig config;
  private final Function<SimNode, DurableStore> stores;
  private final List<SimNode> workers = new ArrayList<>();
  private final Map<NodeId, LedgerNode> running = new TreeMap<>();
  private final Map<NodeId, NodeLoop> loops = new TreeMap<>();
  private final Map<ShardId, List<String>> history = new TreeMap<>();
  private final Map<String, Integer> acknowledged = new TreeMap<>();
  private final List<ShardId> shards;
  private final Map<Long, NodeId> writers = new HashMap<>(); // by term and shard
  private final Set<String> underWay = new TreeSet<>();
  private final List<String> lost = new ArrayList<>();
  private final Gateway gateway = new Gateway();
  private final Map<ShardId, Integer> confirmed = new TreeMap<>();
  private final Map<NodeId, UnaryOperator<Envelope>> alterations = new TreeMap<>();
  private long memoryRoom = Long.MAX_VALUE;
  private boolean stopped;
  private long sent;
  private long reads;

  SimLedger(long seed, int workerCount, int shards, LedgerConfig config) {
    this(seed, workerCount, shards, 5, config, SimStore::open);
  }

  SimLedger(
      long seed,
      int workerCount,
      int shards,
      LedgerConfig config,
      Function<SimNode, DurableStore> stores) {
    this(seed, workerCount, shards, 5, config, stores);
  }

  SimLedger(
      long seed,
      int workerCount,
      int shards,
      int copies,
      LedgerConfig config,
      Function<SimNode, DurableStore> stores) {
    this.stores = stores;
    this.world = new SimWorld(seed);
    this.config = config;
    List<NodeId> names =
        IntStream.rangeClosed(1, workerCount).mapToObj(i -> NodeId.of("worker-" + i)).toList();
    this.ring = RingBuilder.place(names, shards, copies);
    this.shards = IntStream.range(0, shards).mapToObj(ShardId::new).toList();
    names.forEach(name -> workers.add(world.node(name.name(), Role.WORKER, this::bootWorker)));
    world.node("gateway-1", Role.GATEWAY, gateway::boot);
    world.invariant(
        "AcknowledgedStaysAndOneWrites",
        () -> {
          if (!lost.isEmpty()) {
            throw new AssertionError(lost);
          }
        });
  }

  /** Only the first of the workers hold anything yet; before the world starts. */
  SimLedger heldByFirst(int holders) {
    List<NodeId> first = workers.subList(0, holders).stream().map(SimNode::id).toList();
    ring = RingBuilder.place(first, ring.shards(), 5);
    return this;
  }

  /** What is left of every worker's memory from now on. */
  void memoryRoom(long bytes) {
    memoryRoom = bytes;
  }

  SimWorld world() {
    return world;
  }

  List<SimNode> workers() {
    return workers;
  }

  Ring ring() {
    return ring;
  }

  /** Everybody learns of a newer ring: workers that run now, the others when they start. */
  void ring(Ring newer) {
    ring = newer;
    for (SimNode worker : workers) {
      if (worker.isAlive()) {
        onLoop(worker.id(), () -> ledger(worker.id()).applyRing(newer));
      }
    }
  }

  /** On the ledger loop of a worker that runs. */
  void onLoop(NodeId worker, Runnable task) {
    Objects.requireNonNull(loops.get(worker)).post(task);
  }

  int acknowledged() {
    return acknowledged.size();
  }

  LedgerNode ledger(NodeId worker) {
    return Objects.requireNonNull(running.get(worker));
  }

  private void bootWorker(SimNode node) {
    NodeLoop loop = node.loop("ledger");
    loops.put(node.id(), loop);
    LedgerNode[] ledger = new LedgerNode[1];
    Transport replicas =
        node.transport(
            "replica",
            (from, envelope) ->
                loop.post(() -> ledger[0].received(from, altered(node.id(), envelope))));
    Switchboard[] clients = new Switchboard[1];
    Transport trunk =
        node.transport(
            "trunk", (from, envelope) -> loop.post(() -> clients[0].received(from, envelope)));
    clients[0] = new Switchboard(1, trunk, loop);
    ledger[0] =
        new LedgerNode(
            node.id(),
            new LedgerNode.Ports(
                loop,
                replicas,
                clients[0],
                stores.apply(node),
                () -> memoryRoom,
                node.random(),
                (where, problem) -> {
                  throw new AssertionError(where, problem);
                }),
            shard -> new NoteMachine((place, note) -> noted(shard, place, note)),
            new SimSeals(node.id()),
            config);
    running.put(node.id(), ledger[0]);
    // Nothing of a worker changes but in its loop's turns.
    loop.onTurnEnd(() -> oneWriterPerTerm(node.id(), ledger[0]));
    ledger[0].applyRing(ring);
  }

  private Envelope altered(NodeId at, Envelope envelope) {
    UnaryOperator<Envelope> how = alterations.get(at);
    return how == null ? envelope : how.apply(envelope);
  }

  /** From now on a worker gets what others send it on replica links altered so. */
  void alter(NodeId worker, UnaryOperator<Envelope> how) {
    alterations.put(worker, how);
  }

  /** One command of the test's own, from the players' gateway. */
  CompletableFuture<Delivery> deliver(String actor, byte[] command) {
    return gateway.mailroom().deliver(actor, command, PATIENCE);
  }

  /** The players' gateway's mailroom; to be used on its loop. */
  Mailroom mailroom() {
    return gateway.mailroom();
  }

  /** What the gateway calls workers with. */
  Switchboard caller() {
    return gateway.board();
  }

  /** Players who write a note each again and again, each with one under way. */
  void play(int players, Duration rest) {
    for (int i = 0; i < players; i++) {
      int player = i;
      world.after(rest, () -> gateway.loop().post(() -> next(player, rest)));
    }
  }

  /**
   * Readers behind a gateway of their own, so that who wrote last there is another memory. What
   * they are told is never older than what was acknowledged before they asked. Before the start.
   */
  void read(int readers, Duration rest) {
    Gateway other = new Gateway();
    world.node("gateway-2", Role.GATEWAY, other::boot);
    for (int i = 0; i < readers; i++) {
      String actor = "branch/" + (char) ('A' + i % 26);
      world.after(rest, () -> other.loop().post(() -> askHowMany(other, actor, rest)));
    }
  }

  private void askHowMany(Gateway at, String actor, Duration rest) {
    int known = confirmed.getOrDefault(ring.shardOf(actor), 0);
    at.mailroom()
        .ask(actor, new byte[0], PATIENCE)
        .thenAccept(
            delivery -> {
              if (delivery instanceof Delivery.Answered answered) {
                int seen = NoteMachine.place(answered.body());
                reads++;
                if (seen < known) {
                  lost.add("a reader saw " + seen + " notes where " + known + " were acknowledged");
                }
              }
              at.loop().after(rest, () -> askHowMany(at, actor, rest));
            });
  }

  /** Answers that readers got. */
  long reads() {
    return reads;
  }

  /** Nobody begins another note; those under way are asked until known. */
  void stopPlaying() {
    stopped = true;
  }

  private void next(int player, Duration rest) {
    if (!stopped) {
      String note = "p" + player + "-" + ++sent;
      underWay.add(note);
      ask("branch/" + (char) ('A' + player % 26), note, player, rest);
    }
  }

  private void ask(String actor, String note, int player, Duration rest) {
    gateway
        .mailroom()
        .deliver(actor, note.getBytes(StandardCharsets.UTF_8), PATIENCE)
        .thenAccept(
            delivery -> {
              if (delivery instanceof Delivery.Answered answered) {
                acknowledged(actor, note, NoteMachine.place(answered.body()));
                underWay.remove(note);
                gateway.loop().after(rest, () -> next(player, rest));
              } else {
                gateway.loop().after(Duration.ofMillis(50), () -> ask(actor, note, player, rest));
              }
            });
  }

  private void acknowledged(String actor, String note, int place) {
    List<String> notes = history.getOrDefault(ring.shardOf(actor), List.of());
    if (place >= notes.size() || !notes.get(place).equals(note)) {
      lost.add(note + " was acknowledged at " + place + " and is not there");
    }
    confirmed.merge(ring.shardOf(actor), place + 1, Math::max);
    Integer before = acknowledged.put(note, place);
    if (before != null && before != place) {
      lost.add(note + " was acknowledged at " + before + " and at " + place);
    }
  }

  /** Every replica's history is a prefix of the one that is remembered for good. */
  private void noted(ShardId shard, int place, String note) {
    List<String> notes = history.computeIfAbsent(shard, any -> new ArrayList<>());
    if (place == notes.size()) {
      notes.add(note);
    } else if (place > notes.size() || !notes.get(place).equals(note)) {
      lost.add(shard + " place " + place + " is " + note + " on one replica, another elsewhere");
    }
  }

  private void oneWriterPerTerm(NodeId worker, LedgerNode ledger) {
    for (ShardId shard : shards) {
      if (ledger.writes(shard)) {
        ledger.forEachReplica((each, status) -> oneWriterPerTerm(worker, each, status));
        return;
      }
    }
  }

  private void oneWriterPerTerm(NodeId worker, ShardId shard, GroupStatus status) {
    if (status.writes()) {
      NodeId before = writers.putIfAbsent(status.term() * 1_000L + shard.number(), worker);
      if (before != null && !before.equals(worker)) {
        lost.add("%s has two writers in term %d".formatted(shard, status.term()));
      }
    }
  }

  /** Runs until all notes under way are known and every replica has everything. */
  void settle(Duration within) {
    stopPlaying();
    world.runUntil("all notes are known", underWay::isEmpty, within);
    world.runUntil("all replicas have all", this::allEqual, within);
    running.forEach(
        (worker, ledger) -> assertThat(ledger.contradicted()).as(worker.name()).isZero());
  }

  private boolean allEqual() {
    for (SimNode worker : workers) {
      for (ShardId shard : ring.heldBy(worker.id())) {
        Optional<ReplicatedMachine> machine = ledger(worker.id()).machine(shard);
        // A copy that was closed has nothing any more.
        if (machine.isPresent() && !isWhole((NoteMachine) machine.get(), shard)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isWhole(NoteMachine machine, ShardId shard) {
    List<String> all = history.getOrDefault(shard, List.of());
    return machine.notes().size() == all.size() && machine.notes().equals(all);
  }

  /** The worker that writes the shard and knows it; empty while nobody does. */
  Optional<NodeId> writer(ShardId shard) {
    Optional<NodeId> best = Optional.empty();
    int bestTerm = -1;
    for (SimNode worker : workers) {
      LedgerNode ledger = running.get(worker.id());
      if (worker.isAlive() && ledger != null) {
        for (ShardStatus status : ledger.status()) {
          GroupStatus group = status.group();
          if (status.shard().equals(shard) && group.writes() && group.term() > bestTerm) {
            bestTerm = group.term();
            best = Optional.of(worker.id());
          }
        }
      }
    }
    return best;
  }

  /** An envelope as if it came from a member. */
  void deliver(NodeId to, Peer from, Envelope envelope) {
    ledger(to).received(from, envelope);
  }

  /** Where players' commands enter. */
  private final class Gateway {
    private @Nullable NodeLoop loop;
    private @Nullable Mailroom mailroom;
    private @Nullable Switchboard board;

    void boot(SimNode node) {
      NodeLoop its = node.loop("gateway");
      Switchboard[] board = new Switchboard[1];
      Transport trunk =
          node.transport(
              "trunk", (from, envelope) -> its.post(() -> board[0].received(from, envelope)));
      board[0] = new Switchboard(1, trunk, its);
      loop = its;
      this.board = board[0];
      mailroom =
          new Mailroom(
              board[0],
              Route.toWorkers(() -> Optional.of(ring)),
              its,
              node.time(),
              MailroomConfig.defaults());
    }

    Switchboard board() {
      return Objects.requireNonNull(board);
    }

    NodeLoop loop() {
      return Objects.requireNonNull(loop);
    }

    Mailroom mailroom() {
      return Objects.requireNonNull(mailroom);
    }
  }
}
