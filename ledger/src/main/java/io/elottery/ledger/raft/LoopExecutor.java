package io.elottery.ledger.raft;

import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.Timer;
import io.microraft.executor.RaftNodeExecutor;
import io.microraft.impl.task.HeartbeatTask;
import io.microraft.impl.task.LeaderElectionTimeoutTask;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs MicroRaft's tasks on the ledger loop.
 *
 * <p>A task that comes while none of this replica runs is run at once: the message it handles was
 * checked just before, and the check holds only for that moment (see {@link RaftGroup}). Flush
 * tasks wait for the turn's flush. {@link Candidacies} rules when elections begin and end.
 */
final class LoopExecutor implements RaftNodeExecutor {
  private final NodeLoop loop;
  private final GroupCommit commit;
  private final Candidacies candidacies;
  private @Nullable Timer votes;
  private boolean running;
  private boolean closed;

  LoopExecutor(NodeLoop loop, GroupCommit commit, Candidacies candidacies) {
    this.loop = loop;
    this.commit = commit;
    this.candidacies = candidacies;
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
    if (task instanceof LeaderElectionTimeoutTask) {
      waitForVotes();
    } else if (task instanceof HeartbeatTask) {
      loop.after(shortened, () -> heartbeat(task, shortened));
    } else {
      loop.after(shortened, () -> run(task));
    }
  }

  // Of the last candidacy only.
  private void waitForVotes() {
    if (votes != null) {
      votes.cancel();
    }
    votes = loop.after(candidacies.nextTime(), () -> whenIdle(candidacies::over));
  }

  // It begins elections, and sets itself again.
  private void heartbeat(Runnable task, Duration period) {
    if (!closed && candidacies.leftToAnother()) {
      loop.after(period, () -> heartbeat(task, period));
    } else {
      run(task);
    }
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
