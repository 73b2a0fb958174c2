package io.elottery.foundation.fault;

/** What a process does about something thrown to the edge of a loop; each includes those before. */
public enum Consequence {
  /** Logs it and carries on: nothing of the node's state can be half changed. */
  LOG,
  /** Gives up leadership of whatever it leads, then carries on. */
  STEP_DOWN,
  /** Stops the node: its state can no longer be trusted. */
  STOP
}
