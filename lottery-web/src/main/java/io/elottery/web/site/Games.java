package io.elottery.web.site;

import io.elottery.lottery.answer.GameView;
import io.elottery.lottery.answer.LotteryAnswer.GamesFound;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.rules.Rules;
import io.elottery.web.desk.Desk;
import io.elottery.web.desk.RulesText;
import io.elottery.web.exchange.WebRequest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The catalog's games as a page needs them: by name, with their rules read. */
record Games(SortedMap<GameName, Rules> all) {
  /** Asks the catalog. */
  static CompletableFuture<Games> ask(Desk desk, WebRequest request) {
    return desk.ask(request, new LotteryQuery.Games(), GamesFound.class)
        .thenApply(found -> of(found.games()));
  }

  /** Asks the catalog; where it is away, names stand for titles. */
  static CompletableFuture<Games> askOrNone(Desk desk, WebRequest request) {
    return ask(desk, request).exceptionally(away -> new Games(new TreeMap<>()));
  }

  private static Games of(List<GameView> views) {
    SortedMap<GameName, Rules> games = new TreeMap<>();
    views.forEach(view -> games.put(view.game(), RulesText.parse(view.rules())));
    return new Games(games);
  }

  Optional<Rules> rules(GameName game) {
    return Optional.ofNullable(all.get(game));
  }

  String title(GameName game) {
    return rules(game).map(Rules::title).orElse(game.text());
  }
}
