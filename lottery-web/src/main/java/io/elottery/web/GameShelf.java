package io.elottery.web;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.lottery.results.GameFile;
import io.elottery.lottery.rules.RulesRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The game files a gateway is given: {@code games.dir}, one YAML for each game. */
final class GameShelf {
  private GameShelf() {}

  /** Reads them; what is wrong with one is told with its name. */
  static List<GameFile> read(ConfigSource source) {
    List<GameFile> games = new ArrayList<>();
    Optional<Path> dir = source.path("games.dir");
    if (dir.isEmpty()) {
      return games;
    }
    for (Path file : files(source, dir.get())) {
      try {
        games.add(GameFile.fromYaml(Files.readString(file)));
      } catch (IOException unreadable) {
        source.refuse("games.dir", file + " cannot be read");
      } catch (RulesRefused refused) {
        source.refuse("games.dir", file + ": " + refused.getMessage());
      }
    }
    return games;
  }

  private static List<Path> files(ConfigSource source, Path dir) {
    try (Stream<Path> files = Files.list(dir)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException unreadable) {
      source.refuse("games.dir", dir + " cannot be listed; expected a folder of game files");
      return List.of();
    }
  }
}
