package io.elottery.keyvault.people;

import java.util.Locale;

/** What a member of the staff may do. A person may have several. */
public enum StaffRole {
  /** Opens draws and reads the results of one branch. */
  OPERATOR,
  /** Watches and mends the servers. */
  OPERATIONS,
  /** Security officer: keys, certificates, the vault, the staff; always two of them. */
  OFFICER,
  /** Looks at everything, changes nothing. */
  AUDITOR,
  /** Runs elections. */
  ORGANISER;

  /** As written in requests and records: lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #text()}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static StaffRole parse(String text) {
    for (StaffRole role : values()) {
      if (role.text().equals(text)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "role \"" + text + "\": expected operator, operations, officer, auditor or organiser");
  }
}
