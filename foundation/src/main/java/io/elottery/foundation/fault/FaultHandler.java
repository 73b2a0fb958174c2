package io.elottery.foundation.fault;

/** Told of everything thrown to the edge of a loop. Called on that loop's thread. */
@FunctionalInterface
public interface FaultHandler {
  /**
   * Deals with it: logs, steps down, stops the node, as the process's fault table says.
   *
   * @param where which part was at work, for the log
   */
  void fault(String where, Throwable problem);
}
