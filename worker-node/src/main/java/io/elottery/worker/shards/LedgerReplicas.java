package io.elottery.worker.shards;

import io.elottery.foundation.fault.FaultHandler;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.wire.Envelope;
import io.elottery.ledger.machine.MachineFactory;
import io.elottery.ledger.machine.ReplyFinisher;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.mailroom.MailroomConfig;
import io.elottery.ledger.node.LedgerConfig;
import io.elottery.ledger.node.LedgerNode;
import io.elottery.ledger.node.ShardStatus;
import io.elottery.ledger.node.StoreScrub;
import io.elottery.ledger.node.Work;
import io.elottery.ledger.raft.GroupStatus;
import io.elottery.ledger.ring.MemberStep;
import io.elottery.ledger.ring.ReplicaView;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.rocksdb.RocksStore;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.DurableStore;
import io.elottery.lottery.answer.Census;
import io.elottery.lottery.chronicle.ProjectionPlugin;
import io.elottery.reports.report.ShardReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Replicas} on RocksDB: the ledger's node on its loop, and what it last said of itself. */
public final class LedgerReplicas implements Replicas {
  /**
   * What they are made from.
   *
   * @param directory of the store
   * @param reserve bytes of its disk that new wagers leave free
   * @param memoryRoom bytes that new wagers may still take of the memory
   * @param plugins what makes views of what happens
   * @param finishers makes one for each thread that signs
   */
  public record Setup(
      NodeId self,
      Path directory,
      long reserve,
      LongSupplier memoryRoom,
      LedgerConfig config,
      KeepConfig keep,
      List<ProjectionPlugin> plugins,
      Supplier<ReplyFinisher> finishers,
      RandomSource random,
      FaultHandler faults) {}

  private static final Logger log = LoggerFactory.getLogger(LedgerReplicas.class);
  private static final Duration CENSUS_PERIOD = Duration.ofSeconds(10);
  private static final Duration PUBLISH_PERIOD = Duration.ofMillis(100);
  // A store that was lost is refused under its old name, so this build knows the first one only.
  private static final long FIRST_INCARNATION = 1;

  private final Setup setup;
  private final Ports ports;
  private final UnaryOperator<MachineFactory> around;
  private final ForeignErrands errands;
  private final AtomicLong slowestFlushNanos = new AtomicLong();
  private @Nullable Ring ring; // on the ledger loop
  private final Map<Integer, NodeId> writers = new TreeMap<>(); // on the ledger loop
  // Written on the ledger loop, read by supervision.
  private volatile Map<Integer, List<NodeId>> successors = Map.of();
  private volatile List<ShardReport> published = List.of();
  private volatile List<String> troubles = List.of();
  private volatile long queueAgeNanos;
  private volatile Census counted = Census.none();
  private volatile Work work = Work.NONE;
  private volatile Errands told = new Errands(0, 0, 0);
  // Written by the starting thread before the loops turn.
  private @Nullable DurableStore store;
  private @Nullable ReceiptDesk receipts;
  private @Nullable LedgerNode node;

  /** Opens nothing before the start. */
  public LedgerReplicas(Setup setup, Ports ports) {
    this(setup, ports, UnaryOperator.identity());
  }

  /**
   * The same.
   *
   * @param around what stands around the machines: nothing, or what makes a copy lie in a trial
   */
  public LedgerReplicas(Setup setup, Ports ports, UnaryOperator<MachineFactory> around) {
    this.setup = setup;
    this.ports = ports;
    this.around = around;
    Mailroom mailroom =
        new Mailroom(
            ports.clients(),
            new ShardRoute(() -> Optional.ofNullable(ring), ports.reaches(), ports.wanted()),
            ports.loop(),
            ports.loop().time(),
            MailroomConfig.defaults());
    this.errands =
        new ForeignErrands(ports.loop(), mailroom, this::writes, setup.keep(), setup.plugins());
  }

  private boolean writes(ShardId shard) {
    return node().writes(shard);
  }

  @Override
  public void start() {
    DurableStore opened = RocksStore.open(setup.directory(), setup.random(), setup.reserve());
    store = opened;
    ReceiptDesk desk =
        new ReceiptDesk(
            setup.self(),
            ports.loop(),
            setup.faults(),
            setup.finishers().get(),
            setup.finishers().get(),
            new ReceiptPractice(setup.random()));
    desk.start();
    receipts = desk;
    node =
        new LedgerNode(
            setup.self(),
            new LedgerNode.Ports(
                ports.loop(),
                ports.replicaWork(),
                ports.clients(),
                opened,
                setup.memoryRoom(),
                setup.random(),
                setup.faults()),
            around.apply(errands::hold),
            desk,
            setup.config());
    node.takes(ForeignErrands::mayCall);
    ports.loop().every(PUBLISH_PERIOD, this::publish);
    ports.loop().every(CENSUS_PERIOD, () -> counted = errands.census());
  }

  @Override
  public void close() {
    if (node != null) {
      node.close();
    }
    if (receipts != null) {
      receipts.close();
    }
    if (store != null) {
      store.close();
    }
  }

  @Override
  public void applyRing(Ring newer) {
    post(
        () -> {
          node().applyRing(newer);
          ring = newer;
        });
  }

  @Override
  public void received(Peer from, Envelope envelope) {
    // Raft repeats what was lost to a full queue.
    ports.loop().post(() -> node().received(from, envelope));
  }

  @Override
  public void suspect(NodeId dead) {
    post(() -> node().suspect(dead));
  }

  @Override
  public void rests(Set<NodeId> who) {
    Set<NodeId> resting = Set.copyOf(who);
    post(() -> node().rests(resting));
  }

  @Override
  public void handOver(int shard, NodeId to) {
    post(() -> node().handOver(new ShardId(shard), to));
  }

  @Override
  public void step(MemberStep step, Consumer<Optional<String>> done) {
    post(() -> node().step(step, done));
  }

  @Override
  public void views(Consumer<Optional<List<ReplicaView>>> told) {
    post(() -> told.accept(ring != null ? Optional.of(node().views()) : Optional.empty()));
  }

  @Override
  public Map<Integer, List<NodeId>> successors() {
    return successors;
  }

  @Override
  public void canaries(Duration patience, Consumer<List<Optional<Duration>>> told) {
    post(
        () -> {
          List<ShardId> shards = node().status().stream().map(ShardStatus::shard).toList();
          canary(shards, patience, new ArrayList<>(), told);
        });
  }

  // One at a time: what is measured is one command's way, not their crowd's.
  private void canary(
      List<ShardId> shards,
      Duration patience,
      List<Optional<Duration>> took,
      Consumer<List<Optional<Duration>>> told) {
    if (took.size() == shards.size()) {
      told.accept(took);
      return;
    }
    node()
        .canary(
            shards.get(took.size()),
            patience,
            one -> {
              took.add(one);
              canary(shards, patience, took, told);
            });
  }

  @Override
  public Duration queueAge() {
    return Duration.ofNanos(queueAgeNanos);
  }

  @Override
  public Census census() {
    return counted;
  }

  @Override
  public Errands errands() {
    return told;
  }

  @Override
  public Work work() {
    return work;
  }

  @Override
  public List<ShardReport> reports() {
    return published;
  }

  @Override
  public List<String> troubles() {
    return troubles;
  }

  @Override
  public Duration slowestFlush() {
    return Duration.ofNanos(slowestFlushNanos.getAndSet(0));
  }

  @Override
  public int queued() {
    return ports.loop().queued();
  }

  @Override
  public CompletableFuture<StoreScrub.Found> scrub(Executor executor, LongConsumer progress) {
    CompletableFuture<StoreScrub.Found> done = new CompletableFuture<>();
    post(
        () -> {
          StoreScrub scrub = node().scrub();
          CompletableFuture.supplyAsync(() -> scrub.run(progress), executor)
              .whenComplete(
                  (found, problem) -> {
                    if (problem != null) {
                      done.completeExceptionally(problem);
                    } else {
                      post(() -> node().scrubbed(found));
                      done.complete(found);
                    }
                  });
        });
    return done;
  }

  @Override
  public String storeId() {
    if (store == null) {
      throw new IllegalStateException(setup.self() + ": the store is not open yet");
    }
    return store.id().text();
  }

  @Override
  public long incarnation() {
    return FIRST_INCARNATION;
  }

  private LedgerNode node() {
    if (node == null) {
      throw new IllegalStateException(setup.self() + ": the ledger is not started yet");
    }
    return node;
  }

  private void post(Runnable task) {
    if (!ports.loop().post(task)) {
      log.error("{}: an event was lost, {} tasks wait", setup.self(), ports.loop().queued());
    }
  }

  private void publish() {
    long flush = node().takeSlowestFlush().toNanos();
    slowestFlushNanos.accumulateAndGet(flush, Math::max);
    errands.run();
    work = node().work();
    told = new Errands(errands.underWay(), errands.done(), errands.again());
    troubles = node().troubles();
    queueAgeNanos = node().queueAge().toNanos();
    List<ShardStatus> status = node().status();
    published = status.stream().map(LedgerReplicas::report).toList();
    successors = node().successors();
    for (ShardStatus shard : status) {
      Optional<NodeId> writer = shard.group().writer();
      if (writer.isPresent()) {
        NodeId before = writers.put(shard.shard().number(), writer.get());
        if (!writer.get().equals(before) && shard.group().writes()) {
          ports.changed().accept(shard.shard() + ": writer " + before + " → " + writer.get());
        }
      }
    }
  }

  private static ShardReport report(ShardStatus status) {
    GroupStatus group = status.group();
    return new ShardReport(
        status.shard().number(),
        group.writes()
            ? ShardReport.ReplicaRole.WRITER
            : status.learns() ? ShardReport.ReplicaRole.LEARNER : ShardReport.ReplicaRole.FOLLOWER,
        group.writer(),
        group.term(),
        group.commitIndex(),
        group.appliedIndex(),
        status.members());
  }
}
