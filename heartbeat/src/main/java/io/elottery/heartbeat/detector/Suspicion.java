package io.elottery.heartbeat.detector;

/** What an observer thinks of one neighbour. */
public enum Suspicion {
  /** Heard in time. */
  TRUSTED,
  /** Its connection closed, or it has been silent for longer than its rhythm allows. */
  SUSPECT,
  /** A new connection was refused after the old one closed, or it has been silent for too long. */
  DEAD
}
