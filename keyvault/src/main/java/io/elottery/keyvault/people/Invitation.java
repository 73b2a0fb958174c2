package io.elottery.keyvault.people;

import java.time.Instant;

/**
 * A one-time way in for a new member, who chooses a password with it.
 *
 * @param digest hex SHA-256 of the invitation's text
 * @param until when it ends
 */
public record Invitation(String digest, Instant until) {
  /** Whether this text is the invitation's and it still holds. */
  boolean admits(String text, Instant now) {
    return Credentials.same(digest, text) && now.isBefore(until);
  }
}
