package io.elottery.keyvault;

/** The envelope kinds that keyvault owns; all in version {@value #VERSION}. */
public final class KeyvaultKinds {
  /** Call, joining server to main: {@link io.elottery.keyvault.enrol.EnrolRequest}. */
  public static final int ENROL = 0x0301;

  /** Its answer: {@link io.elottery.keyvault.enrol.EnrolReply}. */
  public static final int ENROLLED = 0x0302;

  /** Call, main to worker: {@link io.elottery.keyvault.keystep.PairKeyGrant}. */
  public static final int PAIR_KEY = 0x0303;

  /** Its answer: {@link io.elottery.keyvault.keystep.KeyConfirm}. */
  public static final int KEY_CONFIRM = 0x0304;

  /** Main to worker: {@link io.elottery.keyvault.keystep.ReceiptKeyGrant}. */
  public static final int RECEIPT_KEY = 0x0305;

  /** The version written by this build. */
  public static final int VERSION = 1;

  private KeyvaultKinds() {}
}
