package io.elottery.controller.draws;

import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.command.CatalogCommand;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.results.GameFile;
import io.elottery.lottery.results.Imported;
import io.elottery.lottery.results.PastResult;
import io.elottery.lottery.results.ResultsImport;
import io.elottery.lottery.rules.RulesRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The games and past results a new network begins with, as commands; read before main starts, so
 * that a bad file stops it with its name and line.
 */
public record Seeds(
    List<CatalogCommand.DefineGame> games, List<CatalogCommand.ImportResults> results) {
  /** None. */
  public static final Seeds NONE = new Seeds(List.of(), List.of());

  /** Copies. */
  public Seeds {
    games = List.copyOf(games);
    results = List.copyOf(results);
  }

  /**
   * Reads the folder of games and the files of results.
   *
   * @throws IllegalStateException naming the file and what is wrong with it
   */
  public static Seeds read(DrawsConfig config) {
    if (config.games().isEmpty()) {
      return NONE;
    }
    Map<String, GameFile> files = new TreeMap<>();
    List<CatalogCommand.DefineGame> games = new ArrayList<>();
    for (Path file : yamls(config.games().get())) {
      GameFile game = game(file);
      files.put(game.rules().name(), game);
      games.add(
          new CatalogCommand.DefineGame(
              GameName.of(game.rules().name()),
              canonical(game.rules().toJson()),
              canonical(game.columns().toJson())));
    }
    List<CatalogCommand.ImportResults> results = new ArrayList<>();
    for (DrawsConfig.SeedFile seed : config.results()) {
      GameFile game = files.get(seed.game());
      if (game == null) {
        throw new IllegalStateException(
            "seed.results: " + seed.game() + " is none of the games in seed.games");
      }
      results.add(
          new CatalogCommand.ImportResults(GameName.of(seed.game()), rows(game, seed.file())));
    }
    return new Seeds(games, results);
  }

  private static List<Path> yamls(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException unreadable) {
      throw new IllegalStateException("seed.games: " + folder + " cannot be read", unreadable);
    }
  }

  private static GameFile game(Path file) {
    try {
      return GameFile.fromYaml(text(file));
    } catch (RulesRefused refused) {
      throw new IllegalStateException(file + ": " + refused.getMessage(), refused);
    }
  }

  private static List<PastResult> rows(GameFile game, Path file) {
    return ResultsImport.read(game, text(file))
        .match(
            new Imported.Cases<List<PastResult>>() {
              @Override
              public List<PastResult> results(List<PastResult> results) {
                return results;
              }

              @Override
              public List<PastResult> refused(List<Imported.BadLine> named, int badLines) {
                throw new IllegalStateException(
                    file + ": " + badLines + " bad lines, nothing is imported: " + named);
              }
            });
  }

  private static String canonical(Json json) {
    return new String(CanonicalJson.write(json), StandardCharsets.UTF_8);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException(file + " cannot be read", unreadable);
    }
  }
}
