package io.elottery.web.signin;

/**
 * Somebody who may use the staff port.
 *
 * @param role {@code operations}, {@code operator}, {@code officer} or {@code auditor}
 */
public record StaffMember(String name, String role) {
  /** Whether this person may change draws, operators and results. */
  public boolean mayChange() {
    return role.equals("operations") || role.equals("operator");
  }
}
