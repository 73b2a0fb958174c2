package io.elottery.lottery.party;

/** How far a draw has come, as its parties see it. */
public enum DrawPhase {
  /** Committing, then selling. */
  OPEN,
  /** No ticket comes in any more; the parties sign the closing text. */
  CLOSED,
  /** All have signed one text; the shares are handed out. */
  REVEALING,
  /** Numbers and winners are there; the auditor counts. */
  DRAWN,
  /** Certified, disputed or void: nothing is left to do. */
  ENDED
}
