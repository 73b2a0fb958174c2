package io.elottery.heartbeat.trunk;

/** The other end answered an enrolment call with a refusal: the same token will not do better. */
public final class JoinRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code the refusal's code, upper case
   * @param detail one sentence for a person
   */
  public JoinRefused(String code, String detail) {
    super(code + ": " + detail);
    this.code = code;
  }

  /** The refusal's code. */
  public String code() {
    return code;
  }
}
