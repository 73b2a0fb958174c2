package io.elottery.web.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.lottery.answer.GameView;
import io.elottery.lottery.answer.LotteryAnswer.GameFound;
import io.elottery.lottery.answer.LotteryAnswer.GamesFound;
import io.elottery.lottery.answer.LotteryAnswer.PartiesFound;
import io.elottery.lottery.answer.LotteryAnswer.PastResultsFound;
import io.elottery.lottery.odds.Odds;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.web.desk.Desk;
import io.elottery.web.desk.RulesText;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Games, their odds and past results, and the parties file: public facts. */
public final class GamesApi {
  private final Desk desk;

  /** At this desk. */
  public GamesApi(Desk desk) {
    this.desk = desk;
  }

  /** For the public port and the staff port. */
  public void addTo(RouteTable routes) {
    routes
        .add("GET", "/api/v1/games", this::games)
        .add("GET", "/api/v1/games/{game}", this::game)
        .add("GET", "/api/v1/games/{game}/odds", this::odds)
        .add("GET", "/api/v1/games/{game}/results", this::results)
        .add("GET", "/api/v1/parties", this::parties);
  }

  private CompletableFuture<WebAnswer> games(WebRequest request) {
    return desk.ask(request, new LotteryQuery.Games(), GamesFound.class)
        .thenApply(
            found ->
                WebAnswer.json(200, ApiJson.page(found.games(), ApiJson::game, Optional.empty())));
  }

  private CompletableFuture<WebAnswer> game(WebRequest request) throws Unacceptable {
    return found(request).thenApply(game -> WebAnswer.json(200, ApiJson.game(game)));
  }

  private CompletableFuture<WebAnswer> odds(WebRequest request) throws Unacceptable {
    return found(request)
        .thenApply(
            game -> {
              ObjectNode json = (ObjectNode) ApiJson.odds(Odds.of(RulesText.parse(game.rules())));
              return WebAnswer.json(200, json.put("game", game.game().text()));
            });
  }

  private CompletableFuture<GameView> found(WebRequest request) throws Unacceptable {
    return desk.ask(request, new LotteryQuery.GameRules(Input.game(request)), GameFound.class)
        .thenApply(GameFound::game);
  }

  private CompletableFuture<WebAnswer> results(WebRequest request) throws Unacceptable {
    LotteryQuery query =
        new LotteryQuery.PastResults(
            Input.game(request),
            Input.day(request, "from"),
            Input.day(request, "to"),
            request.query("cursor"),
            Input.limit(request));
    return desk.ask(request, query, PastResultsFound.class)
        .thenApply(
            found -> WebAnswer.json(200, ApiJson.page(found.items(), ApiJson::past, found.next())));
  }

  private CompletableFuture<WebAnswer> parties(WebRequest request) {
    return desk.ask(request, new LotteryQuery.PartiesFile(), PartiesFound.class)
        .thenApply(
            found ->
                new WebAnswer(
                    200, "application/json", found.parties().getBytes(StandardCharsets.UTF_8)));
  }
}
