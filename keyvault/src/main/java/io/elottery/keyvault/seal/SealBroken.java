package io.elottery.keyvault.seal;

/**
 * Sealed bytes that do not open: altered, of another place, or sealed under another passphrase. It
 * does not tell which.
 */
public final class SealBroken extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the name of what does not open, and what to look at. */
  public SealBroken(String message) {
    super(message);
  }
}
