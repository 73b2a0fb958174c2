package io.elottery.web.staff;

import io.elottery.lottery.answer.GameView;
import io.elottery.lottery.answer.LotteryAnswer.GameFound;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.command.CatalogCommand.DefineGame;
import io.elottery.lottery.command.CatalogCommand.ImportResults;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.reply.LotteryReply.GameDefined;
import io.elottery.lottery.reply.LotteryReply.ResultsImported;
import io.elottery.lottery.results.GameFile;
import io.elottery.lottery.results.Imported;
import io.elottery.lottery.results.PastResult;
import io.elottery.lottery.results.ResultColumns;
import io.elottery.lottery.results.ResultsImport;
import io.elottery.lottery.rules.RulesRefused;
import io.elottery.web.api.Input;
import io.elottery.web.desk.Desk;
import io.elottery.web.desk.RulesText;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Takes game files and files of past results: all of a file or nothing. */
final class CatalogDesk {
  private final Desk desk;

  CatalogDesk(Desk desk) {
    this.desk = desk;
  }

  /** Defines or changes a game by its YAML file. */
  CompletableFuture<WebAnswer> define(WebRequest request) throws Unacceptable {
    GameName game = Input.game(request);
    expect(request, "application/yaml");
    GameFile file;
    try {
      file = GameFile.fromYaml(new String(request.body(), StandardCharsets.UTF_8));
    } catch (RulesRefused refused) {
      throw Problem.invalid("game file", String.valueOf(refused.getMessage())).unacceptable();
    }
    if (!file.rules().name().equals(game.text())) {
      throw Problem.invalid("name", "The file defines " + file.rules().name() + ".").unacceptable();
    }
    return desk.tell(request, command(file), GameDefined.class)
        .thenApply(
            reply ->
                WebAnswer.json(
                    200,
                    Json.object()
                        .put("game", reply.game().text())
                        .put("version", reply.version())
                        .put("rulesHash", reply.rulesHash().hex())));
  }

  private static DefineGame command(GameFile file) {
    return new DefineGame(
        GameName.of(file.rules().name()),
        CanonicalJson.text(file.rules().toJson()),
        CanonicalJson.text(file.columns().toJson()));
  }

  /** Imports a CSV file; its columns are mapped as the game says. */
  CompletableFuture<WebAnswer> importResults(WebRequest request) throws Unacceptable {
    GameName game = Input.game(request);
    expect(request, "text/csv");
    String text = new String(request.body(), StandardCharsets.UTF_8);
    return desk.ask(request, new LotteryQuery.GameRules(game), GameFound.class)
        .thenApply(found -> new ImportResults(game, rows(found.game(), text)))
        .thenCompose(command -> desk.tell(request, command, ResultsImported.class))
        .thenApply(
            reply ->
                WebAnswer.json(
                    200,
                    Json.object()
                        .put("game", game.text())
                        .put("imported", reply.added())
                        .put("unchanged", reply.unchanged())));
  }

  private static List<PastResult> rows(GameView game, String text) {
    return ResultsImport.read(file(game), text)
        .match(
            new Imported.Cases<>() {
              @Override
              public List<PastResult> results(List<PastResult> results) {
                return results;
              }

              @Override
              public List<PastResult> refused(List<Imported.BadLine> named, int badLines) {
                throw new CompletionException(badLines(named, badLines).unacceptable());
              }
            });
  }

  private static Problem badLines(List<Imported.BadLine> named, int badLines) {
    StringJoiner detail = new StringJoiner("; ", "", ".");
    named.forEach(line -> detail.add(line.toString()));
    return Problem.of(
            422,
            "BAD_LINES",
            "Nothing was imported: " + badLines + (badLines == 1 ? " bad line" : " bad lines"),
            detail.toString())
        .at("line " + named.get(0).number());
  }

  private static GameFile file(GameView game) {
    if (game.columns().isEmpty()) {
      throw new CompletionException(
          Problem.of(
                  409,
                  "NO_COLUMNS",
                  "The game does not say how such a file is read",
                  "Define it with a game file that has a part \"results\".")
              .unacceptable());
    }
    try {
      return new GameFile(
          RulesText.parse(game.rules()),
          ResultColumns.fromJson(
              CanonicalJson.parse(game.columns().getBytes(StandardCharsets.UTF_8))));
    } catch (JsonRefused refused) {
      throw new IllegalStateException("columns of the catalog: " + refused.getMessage(), refused);
    }
  }

  private static void expect(WebRequest request, String mediaType) throws Unacceptable {
    if (!request.isOf(mediaType)) {
      throw Problem.of(
              415,
              "WRONG_CONTENT_TYPE",
              "The content type is not taken here",
              "Expected the file itself with Content-Type: " + mediaType + ".")
          .unacceptable();
    }
  }
}
