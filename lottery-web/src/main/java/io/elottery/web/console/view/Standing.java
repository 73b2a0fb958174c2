package io.elottery.web.console.view;

/**
 * The standing approval under which main gives and rotates keys by itself.
 *
 * @param state {@code FOUNDING IN_FORCE ENDED REVOKED UNKNOWN}
 * @param words what it allows, in words
 */
public record Standing(String state, String words) {
  /** Whether an officer can take it back. */
  public boolean revocable() {
    return state.equals("FOUNDING") || state.equals("IN_FORCE");
  }
}
