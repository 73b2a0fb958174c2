package io.elottery.web.staff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Somebody of the staff, as main knows them.
 *
 * @param roles in lower case: {@code operator operations officer auditor organiser}
 */
public record StaffMember(String name, Set<String> roles) {
  /** Copies the roles. */
  public StaffMember {
    roles = Set.copyOf(roles);
  }

  static StaffMember of(JsonNode json) {
    Set<String> roles = new TreeSet<>();
    json.path("roles").forEach(role -> roles.add(role.asText().toLowerCase(Locale.ROOT)));
    return new StaffMember(json.path("name").asText(), roles);
  }

  /** Whether this person may change draws, operators and results. */
  public boolean mayChange() {
    return roles.contains("operations") || roles.contains("operator");
  }

  /** Whether this person decides about keys, people and the vault. */
  public boolean isOfficer() {
    return roles.contains("officer");
  }

  /** The roles as one reads them. */
  public String rolesText() {
    return String.join(", ", new TreeSet<>(roles));
  }
}
