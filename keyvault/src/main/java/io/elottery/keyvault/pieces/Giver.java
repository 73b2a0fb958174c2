package io.elottery.keyvault.pieces;

import io.elottery.foundation.id.Hemisphere;
import java.util.Locale;
import java.util.Optional;

/**
 * Who gives a piece.
 *
 * @param person the human being, however many sign-ins there are; capitals, blanks and points do
 *     not make another one
 * @param set the half whose pieces this person may give, once a first one fixed it
 */
public record Giver(String person, Optional<Hemisphere> set) {
  /** Whether both are one person. */
  boolean isSame(String other) {
    return key(person).equals(key(other));
  }

  private static String key(String person) {
    return person.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
