package io.elottery.web.site.view;

import java.util.List;
import java.util.Optional;

/**
 * What was typed into a sign-up or sign-in form, to be shown again; never the password.
 *
 * @param branches to choose from
 * @param next where to go afterwards, a path on this site
 */
public record AccountForm(
    List<String> branches, String branch, String name, String next, Optional<Notice> notice) {
  /** Copies. */
  public AccountForm {
    branches = List.copyOf(branches);
  }
}
