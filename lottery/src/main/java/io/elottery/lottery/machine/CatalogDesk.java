package io.elottery.lottery.machine;

import io.elottery.lottery.bundle.PartiesFile;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.command.CatalogCommand;
import io.elottery.lottery.register.Catalog;
import io.elottery.lottery.register.Game;
import io.elottery.lottery.register.RuleBook;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.RefusalCode;
import io.elottery.lottery.results.PastResult;
import io.elottery.lottery.results.ResultColumns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Decides about games, past results and the parties file. */
final class CatalogDesk implements CatalogCommand.Cases<Decision> {
  private static final int GAMES_MAX = 1000;
  private static final int RESULTS_MAX = 200_000; // of one game

  private final Catalog catalog;

  CatalogDesk(ShardState state) {
    this.catalog = state.catalog();
  }

  @Override
  public Decision defineGame(CatalogCommand.DefineGame command) {
    RuleBook book;
    String columns;
    try {
      book = RuleBook.read(command.rules());
      columns = columns(command.columns());
    } catch (JsonRefused refused) {
      return Decision.refused(RefusalCode.INVALID, "rules", String.valueOf(refused.getMessage()));
    }
    if (!book.rules().name().equals(command.game().text())) {
      return Decision.refused(
          RefusalCode.INVALID,
          "name",
          "the rules are of " + book.rules().name() + ": expected " + command.game());
    }
    Optional<Game> known = catalog.game(command.game());
    if (known.isPresent()
        && known.get().book().hash().equals(book.hash())
        && known.get().columns().equals(columns)) {
      return Decision.known(
          new LotteryReply.GameDefined(command.game(), known.get().version(), book.hash()));
    }
    if (known.isEmpty() && catalog.games().size() >= GAMES_MAX) {
      return Decision.refused(RefusalCode.LIMIT, "game", "at most " + GAMES_MAX + " games");
    }
    int version = known.map(Game::version).orElse(0) + 1;
    return Decision.of(
        new LotteryEvent.GameDefined(command.game(), book, columns, version),
        () -> new LotteryReply.GameDefined(command.game(), version, book.hash()));
  }

  private static String columns(String json) throws JsonRefused {
    return json.isEmpty()
        ? ""
        : CanonicalJson.text(
            ResultColumns.fromJson(CanonicalJson.parse(json.getBytes(StandardCharsets.UTF_8)))
                .toJson());
  }

  @Override
  public Decision importResults(CatalogCommand.ImportResults command) {
    Optional<Game> game = catalog.game(command.game());
    if (game.isEmpty()) {
      return Decision.refused(
          RefusalCode.UNKNOWN_GAME, "game", command.game() + " is not in the catalog: define it");
    }
    TreeMap<Game.Place, PastResult> fresh = new TreeMap<>();
    for (int row = 0; row < command.rows().size(); row++) {
      PastResult result = command.rows().get(row);
      Game.Place place = Game.Place.of(result);
      Optional<PastResult> there =
          Optional.ofNullable(game.get().results().get(place))
              .or(() -> Optional.ofNullable(fresh.get(place)));
      Optional<String> problem = result.numbers().problem(game.get().book().rules());
      if (problem.isPresent()) {
        return Decision.refused(
            RefusalCode.INVALID, "rows[" + row + "]", result.date() + ": " + problem.get());
      }
      if (there.isPresent() && !there.get().equals(result)) {
        return Decision.refused(
            RefusalCode.RESULT_DIFFERS,
            "rows[" + row + "]",
            result.date() + ": other numbers are there already");
      }
      if (there.isEmpty()) {
        fresh.put(place, result);
      }
    }
    if (game.get().results().size() + fresh.size() > RESULTS_MAX) {
      return Decision.refused(
          RefusalCode.LIMIT, "rows", "at most " + RESULTS_MAX + " results of a game");
    }
    LotteryReply reply =
        new LotteryReply.ResultsImported(
            command.game(), fresh.size(), command.rows().size() - fresh.size());
    List<PastResult> added = new ArrayList<>(fresh.values());
    return added.isEmpty()
        ? Decision.known(reply)
        : Decision.of(new LotteryEvent.ResultsAdded(command.game(), added), () -> reply);
  }

  @Override
  public Decision publishParties(CatalogCommand.PublishParties command) {
    String parties;
    try {
      PartiesFile file = PartiesFile.parse(command.parties().getBytes(StandardCharsets.UTF_8));
      parties = CanonicalJson.text(file.toJson());
    } catch (JsonRefused refused) {
      return Decision.refused(RefusalCode.INVALID, "parties", String.valueOf(refused.getMessage()));
    }
    if (parties.equals(catalog.parties())) {
      return Decision.known(new LotteryReply.PartiesPublished(catalog.partiesVersion()));
    }
    int version = catalog.partiesVersion() + 1;
    return Decision.of(
        new LotteryEvent.PartiesPublished(parties, version),
        () -> new LotteryReply.PartiesPublished(version));
  }
}
