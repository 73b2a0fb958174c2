package io.elottery.deploy.staff;

import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.deploy.outcome.Pause;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What a new network still lacks when all its servers are ready: main publishes the games and the
 * file of those who make draws; before that no draw can be opened.
 */
public final class FirstGames {
  private static final Duration AGAIN = Duration.ofMillis(200);
  private static final String PARTIES = "the parties file";

  private FirstGames() {}

  /**
   * Waits until the site shows them.
   *
   * @param games by name, those the network begins with
   * @param progress told once what is waited for
   * @throws CommandFailed when it does not show them in time
   */
  public static void await(
      Http site, Collection<String> games, Duration within, Consumer<String> progress)
      throws CommandFailed {
    long began = System.nanoTime();
    boolean told = false;
    Set<String> missing = missing(site, games);
    while (!missing.isEmpty()) {
      if (!told) {
        progress.accept("waiting for main to publish " + String.join(", ", missing));
        told = true;
      }
      if (System.nanoTime() - began > within.toNanos()) {
        throw new CommandFailed(
            ExitCode.TIMED_OUT,
            "not published in " + within.toSeconds() + " s: " + String.join(", ", missing));
      }
      Pause.of(AGAIN);
      missing = missing(site, games);
    }
  }

  private static Set<String> missing(Http site, Collection<String> games) throws CommandFailed {
    Set<String> missing = new TreeSet<>(games);
    missing.add(PARTIES);
    try {
      site.ask("GET", "/api/v1/games", null, "")
          .json()
          .path("items")
          .forEach(game -> missing.remove(game.path("name").asText()));
      if (site.ask("GET", "/api/v1/parties", null, "").isGood()) {
        missing.remove(PARTIES);
      }
    } catch (CommandFailed notYet) {
      if (notYet.code() != ExitCode.UNREACHABLE && notYet.code() != ExitCode.TIMED_OUT) {
        throw notYet;
      }
    }
    return missing;
  }
}
