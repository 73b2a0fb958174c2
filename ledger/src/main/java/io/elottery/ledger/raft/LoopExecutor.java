package io.elottery.ledger.raft;

import io.elottery.foundation.loop.NodeLoop;
import io.microraft.executor.RaftNodeExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Runs MicroRaft's tasks on the ledger loop.
 *
 * <p>A task that comes while none of this replica runs is run at once: the message it handles was
 * checked just before, and the check holds only for that moment (see {@link RaftGroup}). Flush
 * tasks wait for the turn's flush.
 */
final class LoopExecutor implements RaftNodeExecutor {
  private final NodeLoop loop;
  private final GroupCommit commit;
  private boolean running;
  private boolean closed;

  LoopExecutor(NodeLoop loop, GroupCommit commit) {
    this.loop = loop;
    this.commit = commit;
  }

  @Override
  public void execute(Runnable task) {
    if (running) {
      loop.execute(() -> run(task));
    } else {
      run(task);
    }
  }

  /** Runs the task as soon as no task of this replica runs; what it executes then runs at once. */
  void whenIdle(Runnable task) {
    if (running) {
      loop.execute(() -> whenIdle(task));
    } else if (!closed) {
      task.run();
    }
  }

  @Override
  public void submit(Runnable task) {
    commit.submit(() -> run(task));
  }

  @Override
  public void schedule(Runnable task, long delay, TimeUnit unit) {
    Duration shortened = Duration.ofNanos(unit.toNanos(delay) / RaftClock.SCALE);
    loop.after(shortened, () -> run(task));
  }

  void close() {
    closed = true;
  }

  private void run(Runnable task) {
    if (closed) {
      return;
    }
    boolean before = running;
    running = true;
    try {
      task.run();
    } finally {
      running = before;
    }
  }
}
