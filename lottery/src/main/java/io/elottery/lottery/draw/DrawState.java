package io.elottery.lottery.draw;

/**
 * Where a draw stands.
 *
 * <pre>
 * OPEN → CLOSED      its closing time, or an operator's word
 * OPEN → VOID        cancelled, or closed before every party had committed
 * CLOSED → REVEALING every party signed one root
 * CLOSED → DISPUTED  a party signed another root
 * REVEALING → DRAWN  the last share is revealed: numbers and winners are known
 * DRAWN → CERTIFIED  the auditor counted the same: prizes are credited
 * DRAWN → DISPUTED   the auditor counted otherwise: nothing is paid
 * CLOSED, REVEALING, DRAWN ⇄ STALLED  a party has not taken its step for long; its step ends it
 * </pre>
 */
public enum DrawState {
  /** Sells tickets once every party has committed. */
  OPEN,
  /** Sells no more; parties sign the root. */
  CLOSED,
  /** All signed; parties reveal their shares. */
  REVEALING,
  /** Numbers and winners are known, nothing is paid yet. */
  DRAWN,
  /** Counted twice with the same result, and paid. */
  CERTIFIED,
  /** Counted with different results: nothing is paid. */
  DISPUTED,
  /** Waits for a party for longer than it should. */
  STALLED,
  /** Cancelled: stakes went back. */
  VOID
}
