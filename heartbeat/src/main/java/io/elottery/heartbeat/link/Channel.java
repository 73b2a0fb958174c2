package io.elottery.heartbeat.link;

/** The two connections of every link, so that impulses never wait behind bulk bytes. */
public enum Channel {
  /** Impulses only: small and regular. */
  IMPULSE,
  /** Everything else. */
  WORK
}
