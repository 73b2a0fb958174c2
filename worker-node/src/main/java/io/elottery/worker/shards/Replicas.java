package io.elottery.worker.shards;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import io.elottery.ledger.node.StoreScrub;
import io.elottery.ledger.node.Work;
import io.elottery.ledger.ring.MemberStep;
import io.elottery.ledger.ring.ReplicaView;
import io.elottery.ledger.ring.Ring;
import io.elottery.lottery.answer.Census;
import io.elottery.reports.report.ShardReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * The ledger of this worker as supervision sees it. Any thread: what has to be done is handed to
 * the ledger loop, what is answered is its last published view.
 */
public interface Replicas extends Lifecycle {
  /**
   * Where replicas live.
   *
   * @param loop the ledger loop
   * @param replicaWork the work connections of replica links
   * @param clients takes commands and queries from trunks, on the ledger loop; reaches this worker
   *     too
   * @param reaches which workers {@code clients} leads to now; any thread
   * @param wanted asks for a trunk to that worker; must not wait
   * @param changed told on the ledger loop when a shard has another writer; must not wait
   */
  record Ports(
      NodeLoop loop,
      Transport replicaWork,
      Switchboard clients,
      Predicate<NodeId> reaches,
      Consumer<NodeId> wanted,
      Consumer<String> changed) {}

  /** Makes them for one worker. */
  @FunctionalInterface
  interface Maker {
    /** Not started yet. */
    Replicas make(Ports ports);
  }

  /** Holds exactly the shards the ring gives this worker. */
  void applyRing(Ring ring);

  /** A message of another replica came over a replica link. */
  void received(Peer from, Envelope envelope);

  /** That server is believed dead: whoever follows a writer there elects another one. */
  void suspect(NodeId node);

  /** Exactly these servers rest: they write nothing, and nobody hands writing to them. */
  void rests(Set<NodeId> who);

  /** Hands the writing of a shard to a server, if that can take it. */
  void handOver(int shard, NodeId to);

  /**
   * Sends a command without effect through every shard held, one after the other.
   *
   * @param told on any thread, once for each: how long it took, or empty when it was lost
   */
  void canaries(Duration patience, Consumer<List<Optional<Duration>>> told);

  /**
   * Takes a step of a change of members.
   *
   * @param done told on any thread, once: empty when it is done, else why not
   */
  default void step(MemberStep step, Consumer<Optional<String>> done) {
    done.accept(Optional.of("this worker holds no shards"));
  }

  /**
   * What all replicas know of themselves and of their shards.
   *
   * @param told on any thread, once; empty before the first ring
   */
  default void views(Consumer<Optional<List<ReplicaView>>> told) {
    told.accept(Optional.empty());
  }

  /** For each shard written here, by number: who could take the writing over now. */
  default Map<Integer, List<NodeId>> successors() {
    return Map.of();
  }

  /** Every replica held. */
  List<ShardReport> reports();

  /** The slowest flush since this was asked last. */
  Duration slowestFlush();

  /** How long the oldest command waits to be written. */
  Duration queueAge();

  /** Tasks waiting for the ledger loop. */
  int queued();

  /** What goes between shards about wagers in other branches. */
  default Errands errands() {
    return new Errands(0, 0, 0);
  }

  /**
   * Errands to other shards.
   *
   * @param underWay now
   * @param done answered so far
   * @param again not answered in time so far, and tried again
   */
  record Errands(int underWay, long done, long again) {}

  /** What the ledger did so far, as of some milliseconds ago. */
  default Work work() {
    return Work.NONE;
  }

  /** The actors held in memory here, as counted some seconds ago. */
  default Census census() {
    return Census.none();
  }

  /** What is wrong with what is at rest, each with its code first. */
  default List<String> troubles() {
    return List.of();
  }

  /**
   * Reads everything at rest back on that executor; copies found damaged are closed.
   *
   * @param progress told the bytes so far, on the executor
   * @return completes on any thread
   */
  default CompletableFuture<StoreScrub.Found> scrub(Executor executor, LongConsumer progress) {
    return CompletableFuture.completedFuture(new StoreScrub.Found(0, 0, Map.of(), List.of()));
  }

  /** Names the store, for main. */
  String storeId();

  /** The incarnation of the store. */
  long incarnation();
}
