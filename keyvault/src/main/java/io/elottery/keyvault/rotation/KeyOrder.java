package io.elottery.keyvault.rotation;

/**
 * What one end is asked for.
 *
 * @param what the step
 * @param epoch of which epoch; for a cut the highest ever used
 */
public record KeyOrder(What what, int epoch) {
  /** The steps, as the worker knows them. */
  public enum What {
    /** Hold the key. */
    OFFER,
    /** Use it. */
    ACTIVATE,
    /** Destroy what is older. */
    RETIRE,
    /** Drop it: offered, never in use. */
    WITHDRAW,
    /** Drop every key and connection of the link. */
    CUT
  }
}
