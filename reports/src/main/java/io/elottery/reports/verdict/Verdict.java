package io.elottery.reports.verdict;

/** What main concludes about a server. */
public enum Verdict {
  /** Heard by most of its observers, main among them. */
  UP,
  /** Heard, but answers late. */
  SLOW,
  /** Hears its neighbours, not main. */
  DEAF,
  /** Not heard by most of its observers, not long enough to be sure. */
  SUSPECT,
  /** Dead, or cut off from most who should hear it. */
  DOWN,
  /** Out of service as planned. */
  CONSERVED,
  /** Nobody can tell. */
  UNKNOWN
}
