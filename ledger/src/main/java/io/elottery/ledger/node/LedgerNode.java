package io.elottery.ledger.node;

import io.elottery.foundation.fault.FaultHandler;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.Timer;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.call.CallRule;
import io.elottery.ledger.call.CommandCall;
import io.elottery.ledger.call.Question;
import io.elottery.ledger.call.Response;
import io.elottery.ledger.call.Testify;
import io.elottery.ledger.call.Testimony;
import io.elottery.ledger.head.Chain;
import io.elottery.ledger.head.CountersignedHead;
import io.elottery.ledger.head.HeadsAsked;
import io.elottery.ledger.machine.MachineFactory;
import io.elottery.ledger.machine.ReplicatedMachine;
import io.elottery.ledger.machine.ReplyFinisher;
import io.elottery.ledger.raft.GroupCommit;
import io.elottery.ledger.raft.GroupStatus;
import io.elottery.ledger.raft.RaftGroup;
import io.elottery.ledger.raft.RaftPorts;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.MemberStep;
import io.elottery.ledger.ring.ReplicaView;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.CheckedStore;
import io.elottery.ledger.store.DurableStore;
import io.elottery.ledger.store.RecordDamaged;
import io.elottery.ledger.store.Standing;
import io.elottery.ledger.store.StoreFailed;
import io.elottery.ledger.store.StoreId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's side of the ledger: hosts the replicas that the ring gives it, takes commands and
 * queries for them, and points to the writer for all others.
 *
 * <p>An answer leaves only after the command is committed and flushed on a majority. All on the
 * ledger loop; production and simulation run the same code.
 */
public final class LedgerNode implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LedgerNode.class);

  /**
   * What it stands on.
   *
   * @param loop the ledger loop
   * @param replicaWork the work connections of replica links
   * @param clients takes commands and queries, on the ledger loop
   * @param memoryRoom bytes that new wagers may still take of the memory; 0: none are taken
   * @param faults told of everything that must stop the node
   */
  public record Ports(
      NodeLoop loop,
      Transport replicaWork,
      Switchboard clients,
      DurableStore store,
      LongSupplier memoryRoom,
      RandomSource random,
      FaultHandler faults) {}

  private final NodeId self;
  private final Ports ports;
  private final MachineFactory machines;
  private final ReplyFinisher finisher;
  private final LedgerConfig config;
  private final GroupCommit commit;
  private final StoreWatch watch;
  private final HeadWatch heads;
  private final Map<ShardId, Replica> replicas = new TreeMap<>();
  private final Timer waking;
  private final Rest rest;
  private final Timer resting;
  private final Canaries canaries;
  private final MemberDesk members;
  private final StandIns standIns;
  private CallRule rule = CallRule.anybody();
  private @Nullable Ring ring;
  private long malformed;

  /** Serves at once; holds nothing before the first ring. */
  public LedgerNode(
      NodeId self,
      Ports ports,
      MachineFactory machines,
      ReplyFinisher finisher,
      LedgerConfig config) {
    this.self = self;
    this.ports = ports;
    this.machines = machines;
    this.finisher = finisher;
    this.config = config;
    this.commit = new GroupCommit(ports.loop(), new CheckedStore(ports.store()), ports.faults());
    this.watch =
        new StoreWatch(
            self,
            ports.loop(),
            ports.replicaWork(),
            commit,
            ports.memoryRoom(),
            new WatchedCopies());
    this.heads =
        new HeadWatch(
            self, ports.loop(), ports.replicaWork(), commit, finisher, replicas::get, watch);
    commit.beforeFlush(() -> replicas.values().forEach(Replica::propose));
    this.waking = ports.loop().every(config.wakeEvery(), this::wake);
    this.rest = new Rest(self, ports.loop(), new Held());
    this.resting = rest.start();
    this.canaries =
        new Canaries(
            new Canaries.Ports(
                self, ports.loop(), ports.loop().time(), ports.replicaWork(), replicas::get));
    this.members = new MemberDesk(self, ports.loop(), commit, replicas, this::open);
    this.standIns = new StandIns(ports.loop(), config, this::groupOf);
    CallHandler handler = this::call;
    ports
        .clients()
        .serve(LedgerKinds.COMMAND, handler)
        .serve(LedgerKinds.QUERY, handler)
        .serve(LedgerKinds.QUESTION, handler)
        .serve(LedgerKinds.TESTIFY, this::testify)
        .serve(LedgerKinds.HEADS, this::headsAsked);
  }

  private void wake() {
    replicas.values().forEach(Replica::wakeIfDue);
    List.copyOf(replicas.keySet()).forEach(heads::checkWriter);
  }

  /** Takes calls by this rule from now on. */
  public void takes(CallRule only) {
    rule = only;
  }

  /**
   * Opens the replicas that this store holds, and those that a newer ring gives this worker as one
   * of a shard's first members; an older ring changes nothing.
   */
  public void applyRing(Ring newer) {
    if (ring != null && newer.version() <= ring.version()) {
      return;
    }
    ring = newer;
    members.openKept();
    newer.heldBy(self).forEach(shard -> members.openFirst(newer.placement(shard)));
  }

  /**
   * Takes a step of a change of members.
   *
   * @param done told once: empty when it is done, else why not
   */
  public void step(MemberStep step, Consumer<Optional<String>> done) {
    members.take(
        step,
        new MemberDesk.Outcome() {
          @Override
          public void done() {
            done.accept(Optional.empty());
          }

          @Override
          public void refused(String why) {
            done.accept(Optional.of(why));
          }
        });
  }

  /** What all replicas held know of themselves and of their shards. */
  public List<ReplicaView> views() {
    return members.views(watch.refusedLong());
  }

  /** For each shard written here, by number: who could take the writing over now. */
  public Map<Integer, List<NodeId>> successors() {
    Map<Integer, List<NodeId>> able = new TreeMap<>();
    Ring now = ring;
    if (now != null) {
      replicas.forEach(
          (shard, replica) -> {
            if (replica.group().writes()) {
              able.put(
                  shard.number(),
                  rest.successors(now.placement(shard), replica.group()).stream()
                      .map(Member::node)
                      .toList());
            }
          });
    }
    return able;
  }

  /** At most so many bytes of snapshots are sent in a second, over all replicas. */
  public void snapshotRate(long bytesPerSecond) {
    commit.snapshots().rate(bytesPerSecond);
  }

  /** Takes a Raft message from a replica link. */
  public void received(Peer from, Envelope envelope) {
    try {
      switch (envelope.kind()) {
        case LedgerKinds.RAFT -> raft(from, envelope);
        case LedgerKinds.CANARY, LedgerKinds.CANARY_BACK -> canaries.received(from.id(), envelope);
        case LedgerKinds.HEAD, LedgerKinds.HEAD_KNOWN -> heads.received(from.id(), envelope);
        case LedgerKinds.STORE, LedgerKinds.STORE_REFUSED -> watch.received(from.id(), envelope);
        default -> malformed++;
      }
    } catch (MalformedMessage problem) {
      malformed(from, envelope, problem);
    }
  }

  private void raft(Peer from, Envelope envelope) throws MalformedMessage {
    if (envelope.version() != RaftGroup.RAFT_VERSION) {
      throw new MalformedMessage("version " + envelope.version());
    }
    WireReader in = new WireReader(envelope.body());
    int number = in.u16();
    if (number >= ShardId.MAX) {
      throw new MalformedMessage("shard " + number);
    }
    ShardId shard = new ShardId(number);
    Standing theirs = Standing.read(in);
    Replica replica = replicas.get(shard);
    if (replica == null) {
      return;
    }
    byte[] body = envelope.body();
    WireReader peek = new WireReader(body, body.length - in.remaining(), in.remaining());
    switch (watch.judge(shard, from.id(), peek.varint(), theirs)) {
      case LISTEN -> replica.group().received(from.id(), in);
      case LISTEN_WHEN_FLUSHED ->
          commit.afterFlush(() -> received(replica.group(), from, envelope, in));
      case OUTDATED, OTHER_STORE, WENT_BACK -> {}
    }
  }

  private void received(RaftGroup group, Peer from, Envelope envelope, WireReader in) {
    try {
      group.received(from.id(), in);
    } catch (MalformedMessage problem) {
      malformed(from, envelope, problem);
    }
  }

  private void malformed(Peer from, Envelope envelope, MalformedMessage problem) {
    if (Long.bitCount(++malformed) == 1) {
      log.warn("{} from {} dropped: {}", envelope, from, problem.getMessage());
    }
  }

  /**
   * The failure detector believes that the server is dead: where it wrote, the survivors elect
   * another one now instead of at their time-out. The next one after it in the members' order
   * stands first, and the one before it last: where writers die one after the other, the first is
   * not one that was started again a moment ago.
   */
  public void suspect(NodeId dead) {
    Ring now = ring;
    if (now == null) {
      return;
    }
    for (Map.Entry<ShardId, Replica> held : replicas.entrySet()) {
      List<NodeId> survivors = voters(now, held.getKey(), held.getValue().group());
      Collections.rotate(survivors, -survivors.indexOf(dead) - 1);
      survivors.remove(dead);
      // One that rests stands only when nobody else did.
      int turn = rest.isResting() ? survivors.size() : survivors.indexOf(self);
      RaftGroup group = held.getValue().group();
      Optional<NodeId> writer = group.status().writer();
      if (!survivors.contains(self) || writer.filter(other -> !other.equals(dead)).isPresent()) {
        continue;
      }
      standIns.suspect(held.getKey(), group, dead, turn);
    }
  }

  @Nullable RaftGroup groupOf(ShardId shard) {
    Replica replica = replicas.get(shard);
    return replica == null ? null : replica.group();
  }

  // As the Raft configuration says, those that the ring knows first and in its order.
  private static List<NodeId> voters(Ring ring, ShardId shard, RaftGroup group) {
    List<NodeId> voters = new ArrayList<>(ring.placement(shard).nodes());
    List<NodeId> now = group.changes().now().voters().stream().map(Member::node).toList();
    voters.retainAll(now);
    now.stream().filter(node -> !voters.contains(node)).forEach(voters::add);
    return voters;
  }

  /** Exactly these servers rest: they write nothing, and nobody hands writing to them. */
  public void rests(Set<NodeId> who) {
    rest.rests(who);
  }

  /** Hands the writing of a shard to a server that can take it; false when it cannot be. */
  public boolean handOver(ShardId shard, NodeId to) {
    Ring now = ring;
    Replica replica = replicas.get(shard);
    if (now == null || replica == null || !replica.group().writes()) {
      return false;
    }
    for (Member able : rest.successors(now.placement(shard), replica.group())) {
      if (able.node().equals(to)) {
        log.info("{}: {} hands the writing to {}", shard, self, able);
        replica.group().handOver(able);
        return true;
      }
    }
    return false;
  }

  /** How long the oldest command waits for a batch, of all shards written here. */
  public Duration queueAge() {
    return replicas.values().stream()
        .map(Replica::queueAge)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** Sends a command without effect through a shard held here; tells once how long it took. */
  public void canary(ShardId shard, Duration patience, Consumer<Optional<Duration>> told) {
    canaries.send(shard, patience, told);
  }

  /** Whether this worker writes the shard now. */
  public boolean writes(ShardId shard) {
    Replica replica = replicas.get(shard);
    return replica != null && replica.group().writes();
  }

  /** Every replica held, in the shards' order. */
  public List<ShardStatus> status() {
    List<ShardStatus> all = new ArrayList<>();
    replicas.forEach(
        (shard, replica) ->
            all.add(
                new ShardStatus(
                    shard,
                    replica.group().status(),
                    List.copyOf(replica.group().members()),
                    replica.group().changes().now().learners().contains(replica.group().self()),
                    replica.queued(),
                    Duration.ofNanos(commit.lastFlushNanos()))));
    return all;
  }

  /** Visits every replica held, without making anything. */
  public void forEachReplica(BiConsumer<ShardId, GroupStatus> visitor) {
    replicas.forEach((shard, replica) -> visitor.accept(shard, replica.group().status()));
  }

  /** The slowest flush since this was asked last. */
  public Duration takeSlowestFlush() {
    return Duration.ofNanos(commit.takeSlowestFlushNanos());
  }

  /** What was done so far, by the replicas that are held now. */
  public Work work() {
    return new Work(
        replicas.values().stream().mapToLong(Replica::commands).sum(),
        replicas.values().stream().mapToLong(Replica::entries).sum(),
        commit.flushes(),
        commit.messages());
  }

  /** Names this worker's store, for main. */
  public StoreId storeId() {
    return ports.store().id();
  }

  /** The hashes of the history of a shard held here. */
  Optional<Chain> chain(ShardId shard) {
    return Optional.ofNullable(replicas.get(shard)).map(Replica::chain);
  }

  /** The heads of a shard that a majority signed, after a position, oldest first. */
  public List<CountersignedHead> heads(ShardId shard, long after, int most) {
    return heads.book().after(shard, after, most);
  }

  /** Copies closed here because a majority signed another history than theirs. */
  public int contradicted() {
    return heads.closed();
  }

  /** The state of a shard held here; for checks that look inside. */
  public Optional<ReplicatedMachine> machine(ShardId shard) {
    return Optional.ofNullable(replicas.get(shard)).map(Replica::machine);
  }

  /** Commands answered busy or too late, and messages that could not be read or were refused. */
  public long refused() {
    return malformed
        + watch.refused()
        + replicas.values().stream().mapToLong(replica -> replica.busy() + replica.late()).sum();
  }

  /** Stops all replicas. The store is its owner's to close. */
  @Override
  public void close() {
    waking.cancel();
    resting.cancel();
    watch.stop();
    replicas.values().forEach(replica -> replica.group().close());
    replicas.clear();
  }

  private void open(ShardId shard, ReplicaBook.Line line) {
    Optional<String> closed = watch.closed(shard, line.self().incarnation());
    if (closed.isPresent()) {
      log.warn("{}: {} is not opened: {}", shard, line.self(), closed.get());
      return;
    }
    ReplicatedMachine machine = machines.create(shard);
    Testimonies testimonies = new Testimonies(ports.loop());
    BatchMachine batches =
        new BatchMachine(machine, testimonies, new Chain(shard), heads.told(shard));
    RaftPorts raft =
        new RaftPorts(
            self, ports.loop(), ports.replicaWork(), commit, ports.random(), ports.faults());
    RaftGroup group;
    try {
      group =
          line.kind() == ReplicaBook.Kind.FIRST
              ? RaftGroup.open(shard, line.self(), line.others(), batches, config.raft(), raft)
              : RaftGroup.join(shard, line.self(), line.others(), batches, config.raft(), raft);
    } catch (RecordDamaged damage) {
      watch.close(shard, line.self().incarnation(), String.valueOf(damage.getMessage()));
      return;
    }
    replicas.put(
        shard,
        new Replica(
            shard,
            group,
            machine,
            batches,
            testimonies,
            finisher,
            config,
            ports.loop(),
            ports.random(),
            new Outlook(shard)));
    log.info("{}: holds a copy as {}, beside {}", shard, line.self(), line.others());
  }

  /** Everything at rest here, to be read back on another thread. */
  public StoreScrub scrub() {
    Map<ShardId, Long> copies = new TreeMap<>();
    replicas.forEach((shard, replica) -> copies.put(shard, replica.group().self().incarnation()));
    return new StoreScrub(commit.store(), copies);
  }

  /**
   * Closes the copies that were found damaged. Damage that belongs to no copy is the whole store's:
   * then the process must stop, and its next start puts the store aside.
   */
  public void scrubbed(StoreScrub.Found found) {
    found
        .damaged()
        .forEach((shard, damage) -> watch.close(shard, damage.incarnation(), damage.why()));
    if (!found.elsewhere().isEmpty()) {
      ports.faults().fault("scrub", new StoreFailed(found.elsewhere().get(0)));
    }
  }

  /** What is wrong with what is at rest here, each with its code first; for main. */
  public List<String> troubles() {
    return watch.troubles();
  }

  /** What runs here, as those who watch over the store see it. */
  private final class WatchedCopies implements StoreWatch.Held {
    @Override
    public void forEach(BiConsumer<ShardId, List<NodeId>> visitor) {
      replicas.forEach(
          (shard, replica) -> visitor.accept(shard, List.copyOf(replica.group().members())));
    }

    @Override
    public Optional<Long> incarnation(ShardId shard) {
      return Optional.ofNullable(replicas.get(shard)).map(it -> it.group().self().incarnation());
    }

    @Override
    public Optional<NodeId> writer(ShardId shard) {
      return Optional.ofNullable(replicas.get(shard)).flatMap(it -> it.group().status().writer());
    }

    @Override
    public void stop(ShardId shard, String why) {
      Replica replica = replicas.remove(shard);
      if (replica != null) {
        replica.close();
      }
    }
  }

  /** What is known here beside the log of a shard. */
  private final class Outlook implements Replica.Outlook {
    private final ShardId shard;

    Outlook(ShardId shard) {
      this.shard = shard;
    }

    @Override
    public Optional<String> full() {
      return watch.full();
    }

    @Override
    public boolean doubts(NodeId writer) {
      return standIns.doubts(shard, writer);
    }
  }

  /** What this worker holds, as the ring places it. */
  private final class Held implements Rest.Held {
    @Override
    public void forEach(Rest.Visitor visitor) {
      Ring now = ring;
      if (now != null) {
        replicas.forEach((shard, replica) -> visitor.visit(now.placement(shard), replica.group()));
      }
    }

    @Override
    public long nanos() {
      return ports.loop().time().nanos();
    }
  }

  private void call(Peer from, Envelope request, CallHandler.Answer answer) {
    CommandCall call;
    try {
      call = CommandCall.of(request);
    } catch (MalformedMessage problem) {
      malformed++;
      answer.refuse("MALFORMED", String.valueOf(problem.getMessage()));
      return;
    }
    if (!rule.allows(from, call)) {
      malformed++;
      answer.refuse("NOT_ALLOWED", from + " may not send this for " + call.actorKey());
      return;
    }
    if (call.body().length > config.batchBytes()) {
      // A batch must fit an append request, or the writer could never send it to anybody.
      answer.refuse(
          "TOO_LARGE",
          call.body().length + " bytes: at most " + config.batchBytes() + " are taken");
      return;
    }
    Ring now = ring;
    if (now == null) {
      answer.reply(new Response.Redirect(Optional.empty()).envelope());
      return;
    }
    ShardId shard = now.shardOf(call.actorKey());
    Replica replica = replicas.get(shard);
    Answers answers = response -> answer.reply(response.envelope());
    if (replica == null) {
      answers.answer(new Response.Redirect(Optional.of(now.placement(shard).nodes().get(0))));
      return;
    }
    switch (call.kind()) {
      case LedgerKinds.COMMAND -> replica.command(call.body(), call.patience(), answers);
      case LedgerKinds.QUERY -> replica.query(call.body(), call.patience(), answers);
      default -> {
        try {
          replica.question(Question.decode(call.body()), answers);
        } catch (MalformedMessage problem) {
          malformed++;
          answer.refuse("MALFORMED", String.valueOf(problem.getMessage()));
        }
      }
    }
  }

  private void headsAsked(Peer from, Envelope request, CallHandler.Answer answer) {
    try {
      HeadsAsked asked = HeadsAsked.of(request);
      if (!replicas.containsKey(asked.shard())) {
        answer.reply(new Response.Redirect(Optional.empty()).envelope());
        return;
      }
      answer.reply(HeadsAsked.found(heads(asked.shard(), asked.after().index(), asked.most())));
      asked.known().ifPresent(heads::shown);
    } catch (MalformedMessage problem) {
      malformed++;
      answer.refuse("MALFORMED", String.valueOf(problem.getMessage()));
    }
  }

  private void testify(Peer from, Envelope request, CallHandler.Answer answer) {
    try {
      Testify asked = Testify.of(request);
      Replica replica = replicas.get(asked.shard());
      if (replica == null) {
        answer.reply(new Response.Redirect(Optional.empty()).envelope());
        return;
      }
      replica.testify(
          self,
          asked,
          testimony ->
              answer.reply(
                  testimony
                      .map(Testimony::envelope)
                      .orElseGet(
                          () -> new Response.Unknown("the question did not come by").envelope())));
    } catch (MalformedMessage problem) {
      malformed++;
      answer.refuse("MALFORMED", String.valueOf(problem.getMessage()));
    }
  }
}
