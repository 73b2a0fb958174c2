package io.elottery.ledger.vote;

/** How a replica did in a vote. */
public enum Said {
  /** It answered as most did. */
  RIGHT,
  /** It answered otherwise, or what it said was not signed by its server. */
  WRONG,
  /** It did not answer in time. */
  SILENT
}
