package io.elottery.ledger.raft;

import io.elottery.foundation.fault.FaultHandler;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.ledger.store.DurableStore;
import io.elottery.ledger.store.StoreFailed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BiConsumer;

/**
 * One flush for each loop turn over all replicas of a worker.
 *
 * <p>A turn runs tasks, which may write and may send append requests at once; then everything
 * written is flushed; only then go out all other messages and all completions, and MicroRaft is
 * told that its writes are flushed. So nobody outside ever hears of anything that a power cut could
 * take back, and the writer's own flush is among the three that acknowledge.
 *
 * <p>A failed flush is final: from then on nothing is sent at all, append requests included, since
 * they would speak for entries that may not be there. On the ledger loop.
 */
public final class GroupCommit {
  private static final int ROUNDS_MAX = 64;

  private final DurableStore store;
  private final FaultHandler faults;
  private final List<Runnable> proposers = new ArrayList<>();
  private final Queue<Runnable> flushTasks = new ArrayDeque<>();
  private List<Runnable> held = new ArrayList<>();
  private List<Runnable> turnEnd = new ArrayList<>();
  private boolean dirty;
  private boolean failed;
  private long flushes;
  private long messages;
  private long lastFlushNanos;
  private long slowestFlushNanos;
  private final NodeLoop loop;
  private final SnapshotBucket snapshots;

  /** Registers itself at the end of the loop's turns. */
  public GroupCommit(NodeLoop loop, DurableStore store, FaultHandler faults) {
    this.loop = loop;
    this.snapshots = new SnapshotBucket(loop.time());
    this.store = store;
    this.faults = faults;
    loop.onTurnEnd(this::endTurn);
  }

  /** Run at the beginning of every turn's end: proposes what was gathered in the turn. */
  public void beforeFlush(Runnable proposer) {
    proposers.add(proposer);
  }

  /** Runs the action once everything written so far is flushed; never when that fails. */
  public void afterFlush(Runnable action) {
    held.add(action);
  }

  /** Runs the action at the end of the turn, flushed or not; never when the store has failed. */
  void atTurnEnd(Runnable action) {
    turnEnd.add(action);
  }

  /** Whether the store has failed; then nothing may be sent. */
  public boolean hasFailed() {
    return failed;
  }

  /** How many flushes there were. */
  public long flushes() {
    return flushes;
  }

  /** How many messages the replicas sent to others. */
  public long messages() {
    return messages;
  }

  void sent() {
    messages++;
  }

  /** How long the last flush took, in nanoseconds. */
  public long lastFlushNanos() {
    return lastFlushNanos;
  }

  /** The slowest flush since this was asked last, in nanoseconds. */
  public long takeSlowestFlushNanos() {
    long slowest = slowestFlushNanos;
    slowestFlushNanos = 0;
    return slowest;
  }

  /**
   * Writes a record, flushed at the turn's end with all others.
   *
   * @throws StoreFailed when it cannot; then everything is over
   */
  public void put(byte[] key, byte[] value) {
    write(() -> store.put(key, value));
  }

  /** Writes a record with whatever is flushed next, without asking for a flush itself. */
  public void putLazily(byte[] key, byte[] value) {
    boolean before = dirty;
    put(key, value);
    dirty = before;
  }

  /** Removes records with whatever is flushed next, without asking for a flush itself. */
  public void deleteLazily(byte[] from, byte[] to) {
    boolean before = dirty;
    deleteRange(from, to);
    dirty = before;
  }

  /** Visits records in their keys' order, flushed or not. */
  public void scan(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
    store.scan(from, to, visitor);
  }

  /** Reads what was written last, flushed or not. */
  public Optional<byte[]> get(byte[] key) {
    return store.get(key);
  }

  void deleteRange(byte[] from, byte[] to) {
    write(() -> store.deleteRange(from, to));
  }

  /** What it writes to. */
  public DurableStore store() {
    return store;
  }

  /** What all replicas of this worker may send of snapshots. */
  public SnapshotBucket snapshots() {
    return snapshots;
  }

  void submit(Runnable flushTask) {
    flushTasks.add(flushTask);
  }

  void fail(Throwable problem) {
    if (!failed) {
      failed = true;
      held.clear();
      turnEnd.clear();
      flushTasks.clear();
      faults.fault("ledger store", problem);
    }
  }

  private void write(Runnable change) {
    // Before the change, so that a half-written one is never taken for flushed.
    dirty = true;
    try {
      change.run();
    } catch (RuntimeException problem) {
      fail(problem);
      throw problem;
    }
  }

  private void endTurn() {
    if (failed) {
      return;
    }
    proposers.forEach(Runnable::run);
    for (int round = 0; round < ROUNDS_MAX && (dirty || !flushTasks.isEmpty()); round++) {
      if (dirty && !flush()) {
        return;
      }
      for (int left = flushTasks.size(); left > 0 && !failed; left--) {
        flushTasks.remove().run();
      }
    }
    if (failed) {
      return;
    }
    if (!dirty) {
      List<Runnable> released = held;
      held = new ArrayList<>();
      released.forEach(Runnable::run);
    }
    if (!turnEnd.isEmpty()) {
      List<Runnable> last = turnEnd;
      turnEnd = new ArrayList<>();
      last.forEach(Runnable::run);
    }
    if (!held.isEmpty() || dirty || !flushTasks.isEmpty()) {
      loop.post(() -> {});
    }
  }

  private boolean flush() {
    long began = loop.time().nanos();
    try {
      store.sync();
      dirty = false;
    } catch (RuntimeException problem) {
      fail(problem);
      return false;
    }
    flushes++;
    lastFlushNanos = loop.time().nanos() - began;
    slowestFlushNanos = Math.max(slowestFlushNanos, lastFlushNanos);
    return true;
  }
}
