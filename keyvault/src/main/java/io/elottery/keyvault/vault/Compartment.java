package io.elottery.keyvault.vault;

import io.elottery.foundation.id.Hemisphere;
import java.util.Locale;

/**
 * A part of the vault with a key of its own, opened and sealed for itself: who may see one half's
 * draw secret need not see the other's.
 */
public enum Compartment {
  /** The authority, pair keys, receipt keys, join tokens. */
  NETWORK,
  /** LEFT's draw secret. */
  LEFT,
  /** RIGHT's draw secret. */
  RIGHT;

  /** As in pieces, file names and messages: {@code network}, {@code left}, {@code right}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The half's own. */
  public static Compartment of(Hemisphere hemisphere) {
    return hemisphere == Hemisphere.LEFT ? LEFT : RIGHT;
  }

  /** Under whose key the vault's record of this name lies. */
  static Compartment ofRecord(String name) {
    for (Hemisphere hemisphere : Hemisphere.values()) {
      if (name.equals(Vault.drawSecretName(hemisphere))) {
        return of(hemisphere);
      }
    }
    return NETWORK;
  }

  /**
   * Reads {@link #text()}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Compartment parse(String text) {
    for (Compartment compartment : values()) {
      if (compartment.text().equals(text)) {
        return compartment;
      }
    }
    throw new IllegalArgumentException(
        "compartment \"" + text + "\": expected network, left or right");
  }
}
