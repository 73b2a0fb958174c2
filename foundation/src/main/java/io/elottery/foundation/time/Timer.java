package io.elottery.foundation.time;

/** A task that is due later and can be called off. */
public interface Timer {
  /** Calls the task off; without effect when it has run. On the loop that made it. */
  void cancel();
}
