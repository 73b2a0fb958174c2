package io.elottery.web.site.view;

import java.util.Optional;

/**
 * What surrounds every page.
 *
 * @param title of the window
 * @param active which entry of the menu is marked; empty for none
 * @param visitor who is signed in
 * @param csrf what a form sends back to prove that it is ours
 */
public record Frame(String title, String active, Optional<Visitor> visitor, String csrf) {
  /**
   * Somebody signed in.
   *
   * @param mark a stable sign of this player that tells nothing about who it is; binds what the
   *     browser remembers to the player
   */
  public record Visitor(String name, String id, String balance, String mark, boolean operator) {}
}
