package io.elottery.keyvault.people;

/** Why the staff book does not take a change. For a person; names no secret. */
public final class StaffRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * With why.
   *
   * @param code upper case, for programs
   */
  public StaffRefused(String code, String detail) {
    super(detail);
    this.code = code;
  }

  /** For programs. */
  public String code() {
    return code;
  }

  /** For a person. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
