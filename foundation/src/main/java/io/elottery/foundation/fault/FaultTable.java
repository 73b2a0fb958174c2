package io.elottery.foundation.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says for one process what is done about each kind of throwable; what is not named stops the node.
 *
 * <p>An unforeseen exception in a loop is a bug met in the middle of a change: going on could
 * spread it, while a node that stops is what the network is made for. Immutable.
 */
public final class FaultTable {
  private static final Logger log = LoggerFactory.getLogger(FaultTable.class);

  private final List<Row> rows;

  private FaultTable(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /** A full queue is logged; everything else stops the node. */
  public static FaultTable standard() {
    return new FaultTable(List.of(new Row(RejectedExecutionException.class, Consequence.LOG)));
  }

  /** The same table with a row that comes before all others. */
  public FaultTable with(Class<? extends Throwable> kind, Consequence consequence) {
    List<Row> more = new ArrayList<>();
    more.add(new Row(kind, consequence));
    more.addAll(rows);
    return new FaultTable(more);
  }

  /** What is done about the problem: the first row that takes it; {@code STOP} without one. */
  public Consequence consequence(Throwable problem) {
    for (Row row : rows) {
      if (row.kind.isInstance(problem)) {
        return row.consequence;
      }
    }
    return Consequence.STOP;
  }

  /**
   * A handler that acts by this table. Every fault is logged, the one that stops the node once:
   * what fails while it stops is its consequence.
   *
   * @param stepDown run on the failing loop; must not wait
   * @param stop asks the process to stop, run at most once, on the failing loop; must not wait
   */
  public FaultHandler handler(Runnable stepDown, Runnable stop) {
    return new Handler(stepDown, stop);
  }

  private record Row(Class<? extends Throwable> kind, Consequence consequence) {}

  private final class Handler implements FaultHandler {
    private static final long LOGGED_MAX = 100; // A fault per task must not fill the disk.

    private final Runnable stepDown;
    private final Runnable stop;
    // Several loops may share one handler.
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicLong logged = new AtomicLong();

    Handler(Runnable stepDown, Runnable stop) {
      this.stepDown = stepDown;
      this.stop = stop;
    }

    @Override
    public void fault(String where, Throwable problem) {
      if (stopping.get()) {
        log.debug("{}: failed while stopping", where, problem);
        return;
      }
      switch (consequence(problem)) {
        case LOG -> {
          if (logged.incrementAndGet() <= LOGGED_MAX) {
            log.warn("{}: carries on after a fault", where, problem);
          }
        }
        case STEP_DOWN -> {
          log.error("{}: steps down after a fault", where, problem);
          stepDown.run();
        }
        case STOP -> {
          if (stopping.compareAndSet(false, true)) {
            log.error("{}: stops the node after a fault", where, problem);
            stop.run();
          }
        }
      }
    }
  }
}
