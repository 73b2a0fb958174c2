package io.elottery.keyvault;

/**
 * The envelope kinds that keyvault owns; in version {@value #VERSION} where nothing else is said.
 */
public final class KeyvaultKinds {
  /** Call, joining server to main: {@link io.elottery.keyvault.enrol.EnrolRequest}. */
  public static final int ENROL = 0x0301;

  /** Its answer: {@link io.elottery.keyvault.enrol.EnrolReply}. */
  public static final int ENROLLED = 0x0302;

  /** Call, main to worker: {@link io.elottery.keyvault.keystep.KeyStep}, {@link #STEP_VERSION}. */
  public static final int PAIR_KEY = 0x0303;

  /** Its answer: {@link io.elottery.keyvault.keystep.KeyConfirm}, {@link #STEP_VERSION}. */
  public static final int KEY_CONFIRM = 0x0304;

  /** Main to worker: {@link io.elottery.keyvault.keystep.ReceiptKeyGrant}. */
  public static final int RECEIPT_KEY = 0x0305;

  /** The version of key steps and their confirmations. */
  public static final int STEP_VERSION = 2;

  /** Call, gateway or staff command to main: a request of a member of the staff, as JSON. */
  public static final int STAFF_CALL = 0x0310;

  /** Its answer: status and body, as JSON. */
  public static final int STAFF_ANSWER = 0x0311;

  /** Call, main to any server: {@link io.elottery.keyvault.revocation.RevocationList}. */
  public static final int REVOCATIONS = 0x0312;

  /** Its answer: i64, the version that counts there now. */
  public static final int REVOCATIONS_TAKEN = 0x0313;

  /** The version written by this build. */
  public static final int VERSION = 1;

  private KeyvaultKinds() {}
}
