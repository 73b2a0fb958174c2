package io.elottery.controller.history;

import io.elottery.foundation.loop.NodeLoop;
import io.elottery.reports.history.HealthBucket;
import io.elottery.reports.history.Resolution;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files as main's loop sees them: nothing here waits. Whatever goes wrong with them fails a
 * future and is told; minutes that could not be written wait for the next try, {@value
 * #WAITING_MAX} at most, then the oldest is lost. On main's loop.
 */
final class HistoryShelf {
  private static final Logger log = LoggerFactory.getLogger(HistoryShelf.class);

  /** Minutes kept while the disk takes none. */
  static final int WAITING_MAX = 120;

  private final HistoryDisk disk;
  private final Executor executor;
  private final NodeLoop loop;
  private final Consumer<String> trouble;
  private final Deque<HealthBucket> waiting = new ArrayDeque<>();
  private long damaged;

  /** What is done on the disk's executor, for nothing but its effect. */
  interface Deed {
    void run(HistoryDisk disk) throws IOException;
  }

  /** What is done on the disk's executor. */
  interface Work<T> {
    T run(HistoryDisk disk) throws IOException;
  }

  /**
   * @param trouble is told in a sentence what is wrong with the files; empty = all is well again
   */
  HistoryShelf(HistoryDisk disk, Executor executor, NodeLoop loop, Consumer<String> trouble) {
    this.disk = disk;
    this.executor = executor;
    this.loop = loop;
    this.trouble = trouble;
  }

  /**
   * Makes what longer buckets are missing; the log says when it fails, the next hour tries again.
   */
  void begin(Instant now) {
    act(files -> files.rollUpAll(now)).whenComplete((done, problem) -> tellIf(problem));
  }

  /** Keeps a minute. */
  void record(HealthBucket minute) {
    waiting.add(minute);
    if (waiting.size() > WAITING_MAX) {
      log.error("history: minute {} is lost, the disk takes none", waiting.poll().start());
    }
    List<HealthBucket> now = List.copyOf(waiting);
    Instant at = loop.time().now();
    ask(files -> {
          files.record(now, at);
          return files.damaged();
        })
        .whenComplete(
            (found, problem) -> {
              if (problem != null) {
                trouble.accept("History cannot be written: " + reason(problem) + ".");
              } else {
                waiting.removeAll(now);
                trouble.accept("");
                tell(found);
              }
            });
  }

  /** Does something with the files; completes on the loop. */
  <T> CompletableFuture<T> ask(Work<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    try {
      executor.execute(() -> run(work, done));
    } catch (RejectedExecutionException full) {
      done.completeExceptionally(full);
    }
    return done;
  }

  /** Does something with the files; completes on the loop with true. */
  CompletableFuture<Boolean> act(Deed deed) {
    return ask(
        files -> {
          deed.run(files);
          return true;
        });
  }

  /**
   * Hands over buckets one at a time, on the disk's executor, which is given to others between two
   * segments. Completes on the loop once all were handed over.
   */
  CompletableFuture<Boolean> read(
      Resolution resolution, Instant from, Instant to, Consumer<HealthBucket> each) {
    CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
    for (Instant segment : HistoryDisk.segments(resolution, from, to)) {
      Instant end = segment.plus(HistoryFiles.lengthOf(resolution));
      Instant first = segment.isBefore(from) ? from : segment;
      Instant last = end.isAfter(to) ? to : end;
      all = all.thenCompose(none -> act(files -> files.read(resolution, first, last, each)));
    }
    return all;
  }

  /** Minutes that wait for the disk. */
  List<HealthBucket> waiting() {
    return new ArrayList<>(waiting);
  }

  private void tellIf(@Nullable Throwable problem) {
    if (problem != null) {
      trouble.accept("History cannot be read: " + reason(problem) + ".");
    }
  }

  private void tell(long found) {
    if (found > damaged) {
      damaged = found;
      trouble.accept("History on this main's disk is damaged in " + found + " places.");
    }
  }

  // A bug in here must not stop supervision: it fails the one who asked, and is logged.
  private <T> void run(Work<T> work, CompletableFuture<T> done) {
    try {
      T result = work.run(disk);
      loop.execute(() -> done.complete(result));
    } catch (IOException | RuntimeException failed) {
      log.warn("history: {}", failed.toString());
      loop.execute(() -> done.completeExceptionally(new CompletionException(failed)));
    }
  }

  private static String reason(Throwable problem) {
    Throwable cause = problem.getCause() == null ? problem : problem.getCause();
    return String.valueOf(cause.getMessage());
  }
}
