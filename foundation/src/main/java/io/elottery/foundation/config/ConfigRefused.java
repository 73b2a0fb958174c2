package io.elottery.foundation.config;

import java.util.List;

/** The configuration cannot be started with; names everything wrong with it at once. */
public final class ConfigRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /** With at least one problem, each a sentence that names key, place and what was expected. */
  public ConfigRefused(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** Everything that is wrong, in the order found. */
  public List<String> problems() {
    return problems;
  }
}
