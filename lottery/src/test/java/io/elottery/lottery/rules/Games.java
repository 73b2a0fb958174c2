package io.elottery.lottery.rules;

import io.elottery.lottery.results.GameFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The games that are shipped, for tests. */
public final class Games {
  private static final Path DEPLOY = Path.of("..", "deploy");

  private Games() {}

  public static GameFile powerball() {
    return game("powerball");
  }

  public static GameFile lotto649() {
    return game("lotto649");
  }

  public static String text(String path) {
    try {
      return Files.readString(DEPLOY.resolve(path));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GameFile game(String name) {
    try {
      return GameFile.fromYaml(text("games/" + name + ".yaml"));
    } catch (RulesRefused e) {
      throw new IllegalStateException(e);
    }
  }
}
