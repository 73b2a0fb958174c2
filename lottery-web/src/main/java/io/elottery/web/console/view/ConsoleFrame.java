package io.elottery.web.console.view;

import java.util.Optional;

/**
 * What surrounds every page of the staff.
 *
 * @param title of the window
 * @param active which entry of the menu is marked; empty for none
 * @param who is signed in
 */
public record ConsoleFrame(String title, String active, Optional<Who> who) {
  /**
   * Somebody signed in.
   *
   * @param roles as one reads them
   * @param officer whether buttons that are an officer's are shown
   */
  public record Who(String name, String roles, boolean officer) {}

  /** Whether an officer looks. */
  public boolean officer() {
    return who.map(Who::officer).orElse(false);
  }
}
