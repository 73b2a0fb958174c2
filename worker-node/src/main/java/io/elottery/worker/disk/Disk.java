package io.elottery.worker.disk;

import io.elottery.foundation.lifecycle.Lifecycle;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread for the small files of supervision, so that its loop never waits for a disk. Tasks run
 * in order; at most {@value #QUEUE_MAX} wait, one more is refused. Any thread.
 */
public final class Disk implements Lifecycle, Executor {
  /** Tasks that may wait. */
  public static final int QUEUE_MAX = 1024;

  private static final long STOP_WAIT_SECONDS = 5;

  private final Executor executor;
  private final Runnable end;

  /**
   * @param node named in the thread
   */
  public Disk(String node) {
    ThreadPoolExecutor thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE_MAX),
            task -> {
              Thread writer = new Thread(task, node + "/disk");
              writer.setDaemon(true);
              return writer;
            });
    executor = thread;
    end = () -> end(thread);
  }

  private Disk(Executor executor) {
    this.executor = executor;
    this.end = () -> {};
  }

  /** One whose tasks run where the caller says, also never; the caller ends it. */
  public static Disk on(Executor executor) {
    return new Disk(executor);
  }

  @Override
  public void start() {
    // The thread starts with its first task.
  }

  /** Runs the task; the future completes on the disk's thread, with whatever the task throws. */
  public <T> CompletableFuture<T> run(Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      executor.execute(() -> complete(task, result));
    } catch (RejectedExecutionException full) {
      result.completeExceptionally(full);
    }
    return result;
  }

  /**
   * Runs the task; it must deal with its own failures.
   *
   * @throws RejectedExecutionException when {@value #QUEUE_MAX} wait
   */
  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  // The edge of this thread: everything thrown goes to whoever asked.
  private static <T> void complete(Callable<T> task, CompletableFuture<T> result) {
    try {
      result.complete(task.call());
    } catch (Throwable problem) {
      result.completeExceptionally(problem);
    }
  }

  @Override
  public void close() {
    end.run();
  }

  private static void end(ThreadPoolExecutor thread) {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_WAIT_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
