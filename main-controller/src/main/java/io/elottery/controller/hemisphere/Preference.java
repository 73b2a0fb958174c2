package io.elottery.controller.hemisphere;

import io.elottery.foundation.id.Hemisphere;

/** Which half a main process is meant for. */
public enum Preference {
  /** For LEFT. */
  LEFT,
  /** For RIGHT. */
  RIGHT,
  /** A substitute for either. */
  BOTH;

  /** Whether this process is the one meant for the half, before all substitutes. */
  public boolean isFor(Hemisphere hemisphere) {
    return name().equals(hemisphere.name());
  }
}
