package io.elottery.worker.resting;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.reports.report.ShardReport;
import io.elottery.worker.disk.Disk;
import io.elottery.worker.shards.Replicas;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows who rests. Of others it is remembered while this process runs, so that nobody hands writing
 * to them; of this worker it is kept on its disk before it is confirmed, so that a restart, also
 * without any main, changes nothing. On the supervision loop.
 */
public final class RestDesk {
  private static final Logger log = LoggerFactory.getLogger(RestDesk.class);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final NodeId self;
  private final RestFile file;
  private final Disk disk;
  private final NodeLoop loop;
  private final Replicas replicas;
  private final SortedSet<NodeId> resting = new TreeSet<>();
  private Consumer<String> notices = words -> {};
  private Optional<List<Integer>> written = Optional.empty(); // as last said, while it rests

  /** Reads what was kept. */
  public RestDesk(NodeId self, RestFile file, Disk disk, NodeLoop loop, Replicas replicas) {
    this.self = self;
    this.file = file;
    this.disk = disk;
    this.loop = loop;
    this.replicas = replicas;
    file.read()
        .ifPresent(
            reason -> {
              log.info("{}: rests, because {}", self, reason);
              resting.add(self);
            });
  }

  /**
   * Begins; on the loop.
   *
   * @param told what main should know at once: how far it is
   */
  public void start(Consumer<String> told) {
    notices = told;
    replicas.rests(resting);
    loop.every(LOOK, this::look);
  }

  /** Whether this worker rests. */
  public boolean isResting() {
    return resting.contains(self);
  }

  /** Who rests, as far as known here. */
  public boolean isResting(NodeId worker) {
    return resting.contains(worker);
  }

  /** That server rests from now on; done once that is on the disk, when it is this one. */
  public CompletableFuture<Void> conserve(NodeId worker, String reason) {
    if (!worker.equals(self)) {
      set(worker, true);
      return CompletableFuture.completedFuture(null);
    }
    return stored(
        true,
        disk.run(
            () -> {
              file.write(reason);
              return reason;
            }));
  }

  /** That server serves again. */
  public CompletableFuture<Void> release(NodeId worker) {
    if (!worker.equals(self)) {
      set(worker, false);
      return CompletableFuture.completedFuture(null);
    }
    return stored(
        false,
        disk.run(
            () -> {
              file.delete();
              return "";
            }));
  }

  private CompletableFuture<Void> stored(boolean rests, CompletableFuture<String> kept) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    kept.whenComplete(
        (reason, problem) ->
            loop.post(
                () -> {
                  if (problem != null) {
                    done.completeExceptionally(problem);
                    return;
                  }
                  if (isResting() != rests) {
                    log.info("{}: {}", self, rests ? "serving → resting, " + reason : "serves");
                  }
                  set(self, rests);
                  notices.accept(rests ? self + " rests" : self + " serves again");
                  done.complete(null);
                }));
    return done;
  }

  private void set(NodeId worker, boolean rests) {
    boolean change = rests ? resting.add(worker) : resting.remove(worker);
    if (change) {
      replicas.rests(resting);
    }
  }

  private void look() {
    if (!isResting()) {
      written = Optional.empty();
      return;
    }
    List<Integer> now =
        replicas.reports().stream()
            .filter(shard -> shard.role() == ShardReport.ReplicaRole.WRITER)
            .map(ShardReport::shard)
            .toList();
    if (!written.equals(Optional.of(now))) {
      written = Optional.of(now);
      notices.accept(
          self + " rests and writes " + (now.isEmpty() ? "no shard" : "still shards " + now));
    }
  }
}
