package io.elottery.keyvault.rotation;

/**
 * What main is doing with the keys of one link.
 *
 * <pre>
 *   NEW      --begin--------------> OFFERING
 *   STEADY   --begin--------------> OFFERING
 *   OFFERING --both hold it-------> ACTIVATING      from here only on
 *   OFFERING --deadline-----------> WITHDRAWING     (a link's only key is never withdrawn)
 *   WITHDRAWING --both, deadline--> STEADY
 *   ACTIVATING --both use it------> RETIRING, or STEADY without an older key
 *   RETIRING --both destroyed the older one--> STEADY
 *   any      --cut----------------> CUT --begin (lifted)--> OFFERING
 * </pre>
 */
public enum Phase {
  /** No key yet. */
  NEW,
  /** The newest epoch is PREPARED. */
  OFFERING,
  /** The newest epoch is PREPARED and on its way back. */
  WITHDRAWING,
  /** The newest epoch is DISTRIBUTED. */
  ACTIVATING,
  /** The newest epoch is ACTIVE, the older RETIRING. */
  RETIRING,
  /** One epoch, ACTIVE. */
  STEADY,
  /** No key; both ends refuse each other. */
  CUT
}
