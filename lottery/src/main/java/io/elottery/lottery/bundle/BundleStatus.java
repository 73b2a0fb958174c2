package io.elottery.lottery.bundle;

/** How a draw ended. */
public enum BundleStatus {
  /** The auditor counted the same winners. */
  CERTIFIED,
  /** The auditor counted something else: nothing is paid. */
  DISPUTED,
  /** Voided by two officers and the other parties: stakes went back. */
  VOID
}
