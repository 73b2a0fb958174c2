package io.elottery.keyvault.secret;

/**
 * The word without which a {@link Secret} is not shown. Named only inside keyvault: the
 * architecture test holds that, so a search for it lists every place that sees secret bytes.
 */
public enum SecretAccess {
  /** Inside keyvault, for the operation at hand; the bytes are not kept or passed on. */
  KEYVAULT
}
