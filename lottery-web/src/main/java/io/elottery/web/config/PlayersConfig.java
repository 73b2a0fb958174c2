package io.elottery.web.config;

import io.elottery.foundation.config.ConfigSource;
import java.time.Duration;
import java.util.List;

/**
 * What players get and how they sign in.
 *
 * @param branches {@code players.branches} (TOR,MTL,OTW): where one may sign up
 * @param welcomeCredit {@code players.welcomeCredit} (0.00) in minor units: what a new player
 *     starts with; for {@code demo} and {@code up}
 * @param currency {@code players.currency} (CAD): of every player's balance; a game in another one
 *     cannot be played
 * @param session {@code players.session} (12 h): how long a sign-in lasts
 * @param triesPerId {@code signin.tries-per-id} (10): sign-ins of one player within the window. Too
 *     low locks out a forgetful player
 * @param triesPerAddress {@code signin.tries-per-address} (600): the same for one client address; a
 *     shared front makes all players look like one
 * @param window {@code signin.window} (60 s): used tries come back evenly over it
 */
public record PlayersConfig(
    List<String> branches,
    long welcomeCredit,
    String currency,
    Duration session,
    int triesPerId,
    int triesPerAddress,
    Duration window) {

  static PlayersConfig from(ConfigSource source) {
    return new PlayersConfig(
        source.list("players.branches", List.of("TOR", "MTL", "OTW")),
        money(source, "players.welcomeCredit"),
        currency(source, "players.currency"),
        WebConfig.positive(source, "players.session", Duration.ofHours(12)),
        source.integer("signin.tries-per-id", 10, 1, 1_000_000),
        source.integer("signin.tries-per-address", 600, 1, 1_000_000),
        WebConfig.positive(source, "signin.window", Duration.ofSeconds(60)));
  }

  private static String currency(ConfigSource source, String key) {
    String code = source.text(key, "CAD");
    if (!code.matches("[A-Z]{3}")) {
      source.refuse(key, "expected three upper case letters, such as CAD");
      return "CAD";
    }
    return code;
  }

  // "10,000.00" or "10000.00": two decimals, in minor units.
  private static long money(ConfigSource source, String key) {
    String text = source.text(key, "0.00").replace(",", "");
    if (!text.matches("[0-9]{1,12}\\.[0-9]{2}")) {
      source.refuse(key, "expected an amount with two decimals, such as 10,000.00");
      return 0;
    }
    return Long.parseLong(text.replace(".", ""));
  }
}
