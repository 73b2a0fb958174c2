package io.elottery.keyvault.init;

import io.elottery.foundation.time.RandomSource;
import io.elottery.keyvault.secret.Secret;
import java.util.Base64;

/**
 * A staff member's first sign-in, in clear: for the one person, or for an owner-only file. Servers
 * keep its digest alone, in the staff book.
 *
 * @param name {@code operations}, {@code officer1}, {@code officer2}, {@code auditor}
 * @param role {@code operations}, {@code officer} or {@code auditor}
 * @param clear what is shown to sign in
 */
public record StaffToken(String name, String role, String clear) {
  static StaffToken fresh(String name, String role, RandomSource random) {
    return new StaffToken(
        name, role, Base64.getUrlEncoder().withoutPadding().encodeToString(random.bytes(32)));
  }

  @Override
  public String toString() {
    return name + " (" + role + ") " + Secret.HIDDEN;
  }
}
