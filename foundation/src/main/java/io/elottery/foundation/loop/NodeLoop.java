package io.elottery.foundation.loop;

import io.elottery.foundation.fault.FaultHandler;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.time.Timer;
import io.elottery.foundation.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The queue of one part's work: all its state is touched by tasks of this loop only.
 *
 * <p>{@link #post} may be called on any thread. Everything else belongs to the one thread that
 * calls {@link #poll()}: a {@link LoopThread} in production, the simulation otherwise. A turn runs
 * the due timers, then the tasks that waited when the turn began (at most {@value #TURN_MAX}), then
 * the turn-end hooks: that is where a whole turn's writes are flushed once.
 *
 * <p>The queue is bounded; a full queue refuses, and the caller answers "busy".
 */
public final class NodeLoop implements Timers, Executor {
  /** Tasks run in one turn at most, so that timers and turn ends are never far. */
  public static final int TURN_MAX = 1024;

  private final String name;
  private final Time time;
  private final int capacity;
  private final FaultHandler faults;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final PriorityQueue<Due> timers = new PriorityQueue<>();
  private final List<Runnable> turnEnds = new ArrayList<>();
  private long timerSequence;
  // Set once before the loop's thread starts; called on posting threads.
  private volatile Runnable wake = () -> {};

  /**
   * @param name for logs and thread names
   * @param capacity tasks that may wait, positive
   */
  public NodeLoop(String name, Time time, int capacity, FaultHandler faults) {
    this.name = name;
    this.time = time;
    this.capacity = capacity;
    this.faults = faults;
  }

  /** The name given. */
  public String name() {
    return name;
  }

  /** The clocks this loop's timers run by. */
  public Time time() {
    return time;
  }

  /** Queues the task; false when the queue is full and the task was not taken. Any thread. */
  public boolean post(Runnable task) {
    if (waiting.incrementAndGet() > capacity) {
      waiting.decrementAndGet();
      return false;
    }
    tasks.add(task);
    wake.run();
    return true;
  }

  /**
   * Queues the task. Any thread.
   *
   * @throws RejectedExecutionException when the queue is full
   */
  @Override
  public void execute(Runnable task) {
    if (!post(task)) {
      throw new RejectedExecutionException(name + ": " + capacity + " tasks wait, no more taken");
    }
  }

  /** Tasks that wait now. Any thread. */
  public int queued() {
    return waiting.get();
  }

  /** Runs the hook at the end of every turn that did something, in order of registration. */
  public void onTurnEnd(Runnable hook) {
    turnEnds.add(hook);
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    long nanos = Math.max(0, delay.toNanos());
    Due due = new Due(time.nanos() + nanos, timerSequence++, task);
    timers.add(due);
    return due;
  }

  /**
   * Runs one turn.
   *
   * @return how many timers and tasks ran; 0 means there is nothing to do yet
   */
  public int poll() {
    int ran = 0;
    long now = time.nanos();
    for (Due due = timers.peek(); due != null && due.at - now <= 0; due = timers.peek()) {
      timers.poll();
      if (!due.cancelled) {
        run(due.task);
        ran++;
      }
    }
    int most = Math.min(waiting.get(), TURN_MAX);
    for (int i = 0; i < most; i++) {
      Runnable task = tasks.poll();
      if (task == null) {
        break;
      }
      waiting.decrementAndGet();
      run(task);
      ran++;
    }
    if (ran > 0) {
      for (Runnable hook : turnEnds) {
        run(hook);
      }
    }
    return ran;
  }

  /** Timers that are set, with those called off whose time has not come. On the loop's thread. */
  public int timersSet() {
    return timers.size();
  }

  /** Nanoseconds until the next timer is due, 0 when one is; {@link Long#MAX_VALUE} with none. */
  public long nanosToNextTimer() {
    while (!timers.isEmpty() && timers.peek().cancelled) {
      timers.poll();
    }
    Due next = timers.peek();
    return next == null ? Long.MAX_VALUE : Math.max(0, next.at - time.nanos());
  }

  /** Called after each {@link #post}, on the posting thread; set before the loop is shared. */
  public void wakeWith(Runnable wake) {
    this.wake = wake;
  }

  // The loop's edge: the only place where everything thrown is caught.
  private void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable problem) {
      faults.fault(name, problem);
    }
  }

  private static final class Due implements Timer, Comparable<Due> {
    private final long at;
    private final long sequence;
    private final Runnable task;
    private boolean cancelled;

    Due(long at, long sequence, Runnable task) {
      this.at = at;
      this.sequence = sequence;
      this.task = task;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(at - other.at, 0);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }
}
