package io.elottery.keyvault.vault;

/**
 * What was asked needs a compartment that is sealed. Nothing was done; the same call succeeds once
 * enough pieces, or the passphrase, were given.
 */
public final class VaultSealed extends Exception {
  private static final long serialVersionUID = 1L;

  private final Compartment compartment;

  /** Of this compartment. */
  public VaultSealed(Compartment compartment) {
    super("the vault's compartment " + compartment.text() + " is sealed: `elottery vault unseal`");
    this.compartment = compartment;
  }

  /** Which one. */
  public Compartment compartment() {
    return compartment;
  }

  /** Whether this, or what caused it, is a sealed compartment. */
  public static boolean isBehind(Throwable problem) {
    for (Throwable each = problem; each != null; each = each.getCause()) {
      if (each instanceof VaultSealed) {
        return true;
      }
    }
    return false;
  }
}
