package io.elottery.web.site;

import io.elottery.lottery.answer.LotteryAnswer.PastResultsFound;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.odds.Odds;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.results.PastResult;
import io.elottery.lottery.rules.Pool;
import io.elottery.lottery.rules.Prize;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.rules.Tier;
import io.elottery.web.api.Input;
import io.elottery.web.desk.Branches;
import io.elottery.web.desk.Desk;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.site.view.ResultRow;
import io.elottery.web.site.view.Tab;
import io.elottery.web.site.view.TierRow;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Results, games and how to verify. */
final class ResultPages {
  private static final int PAGE = 25;

  private final Desk desk;
  private final Branches branches;
  private final HomePages home;
  private final Reception reception;

  ResultPages(Desk desk, Branches branches, HomePages home, Reception reception) {
    this.desk = desk;
    this.branches = branches;
    this.home = home;
    this.reception = reception;
  }

  void addTo(RouteTable routes) {
    routes
        .add("GET", "/results", request -> results(request, Optional.empty()))
        .add("GET", "/results/{game}", request -> results(request, game(request)))
        .add("GET", "/games/{game}", request -> game(request, Input.game(request)))
        .add("GET", "/verify", this::verify);
  }

  private static Optional<GameName> game(WebRequest request) throws Unacceptable {
    return Optional.of(Input.game(request));
  }

  private CompletableFuture<WebAnswer> results(WebRequest request, Optional<GameName> asked) {
    CompletableFuture<Reception.Guest> guest = reception.guest(request);
    return Games.ask(desk, request)
        .thenCompose(
            games ->
                chosen(request, games, asked)
                    .thenCompose(game -> results(request, guest, games, game)));
  }

  private CompletableFuture<WebAnswer> results(
      WebRequest request,
      CompletableFuture<Reception.Guest> guest,
      Games games,
      Optional<GameName> game) {
    if (game.isEmpty()) {
      return guest.thenApply(who -> page(who, games, Optional.empty(), none(), List.of()));
    }
    if (games.rules(game.get()).isEmpty()) {
      throw unknown(game.get());
    }
    CompletableFuture<PastResultsFound> past =
        desk.ask(request, past(game.get(), request.query("cursor"), PAGE), PastResultsFound.class);
    CompletableFuture<List<ResultRow>> drawn =
        request.query("cursor").isPresent()
            ? CompletableFuture.completedFuture(List.of())
            : home.latest(request, branches.all(), game, games);
    return CompletableFuture.allOf(guest, past, drawn)
        .thenApply(all -> page(guest.join(), games, game, past.join(), drawn.join()));
  }

  // The game asked for, else the first with past results, else the first.
  private CompletableFuture<Optional<GameName>> chosen(
      WebRequest request, Games games, Optional<GameName> asked) {
    List<GameName> names = List.copyOf(games.all().keySet());
    if (asked.isPresent() || names.isEmpty()) {
      return CompletableFuture.completedFuture(asked);
    }
    List<CompletableFuture<PastResultsFound>> firsts =
        names.stream()
            .map(name -> desk.ask(request, past(name, Optional.empty(), 1), PastResultsFound.class))
            .toList();
    return CompletableFuture.allOf(firsts.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all -> {
              for (int i = 0; i < names.size(); i++) {
                if (!firsts.get(i).join().items().isEmpty()) {
                  return Optional.of(names.get(i));
                }
              }
              return Optional.of(names.get(0));
            });
  }

  private static LotteryQuery past(GameName game, Optional<String> cursor, int limit) {
    return new LotteryQuery.PastResults(game, Optional.empty(), Optional.empty(), cursor, limit);
  }

  private static PastResultsFound none() {
    return new PastResultsFound(List.of(), Optional.empty());
  }

  private WebAnswer page(
      Reception.Guest guest,
      Games games,
      Optional<GameName> game,
      PastResultsFound past,
      List<ResultRow> drawn) {
    String name = game.map(GameName::text).orElse("");
    List<Tab> tabs = new ArrayList<>();
    games
        .all()
        .forEach(
            (each, rules) ->
                tabs.add(
                    new Tab(rules.title(), "/results/" + each.text(), each.text().equals(name))));
    Optional<Rules> rules = game.flatMap(games::rules);
    Map<String, Object> params = new TreeMap<>();
    params.put("games", tabs);
    params.put("gameHref", "/games/" + name);
    params.put("drawn", drawn);
    params.put("imported", past.items().stream().map(one -> row(one, rules)).toList());
    params.put(
        "older",
        past.next()
            .map(
                next ->
                    "/results/"
                        + name
                        + "?cursor="
                        + URLEncoder.encode(next, StandardCharsets.UTF_8)));
    return reception.page(guest, 200, "Results", "results", "page/results", params);
  }

  private static ResultRow row(PastResult past, Optional<Rules> rules) {
    StringJoiner note = new StringJoiner(" · ");
    past.kept().forEach((name, value) -> note.add(name.replace('_', ' ') + " " + value));
    return new ResultRow(
        Shown.day(past.date()),
        "imported",
        Optional.empty(),
        Shown.drawn(past.numbers(), rules),
        note.toString());
  }

  private CompletableFuture<WebAnswer> game(WebRequest request, GameName name) {
    CompletableFuture<Reception.Guest> guest = reception.guest(request);
    return Games.ask(desk, request)
        .thenCombine(
            guest,
            (games, who) -> {
              Rules rules = games.rules(name).orElseThrow(() -> unknown(name));
              Odds odds = Odds.of(rules);
              List<TierRow> tiers = new ArrayList<>();
              for (int i = 0; i < rules.tiers().size(); i++) {
                Tier tier = rules.tiers().get(i);
                tiers.add(
                    new TierRow(
                        tier.name(),
                        match(rules, tier),
                        prize(rules, tier),
                        odds.tiers().get(i).text()));
              }
              Map<String, Object> params = new TreeMap<>();
              params.put("title", rules.title());
              params.put("facts", facts(rules));
              params.put("tiers", tiers);
              params.put("overall", odds.overall().text());
              return reception.page(who, 200, rules.title(), "results", "page/game", params);
            });
  }

  private CompletableFuture<WebAnswer> verify(WebRequest request) {
    return reception
        .guest(request)
        .thenApply(
            guest -> reception.page(guest, 200, "How to verify", "", "page/verify", Map.of()));
  }

  private static List<String> facts(Rules rules) {
    List<String> facts = new ArrayList<>();
    facts.add(Shown.money(Money.of(rules.price(), rules.currency())) + " a line");
    for (Pool pool : rules.pools()) {
      facts.add(
          pool.name()
              + ": choose "
              + pool.play()
              + " of "
              + pool.first()
              + " to "
              + pool.last()
              + (pool.extra() == 0 ? "" : "; " + pool.extra() + " extra drawn"));
    }
    return facts;
  }

  private static String match(Rules rules, Tier tier) {
    StringJoiner match = new StringJoiner(", ");
    for (Pool pool : rules.pools()) {
      for (String name : List.of(pool.name(), pool.extraName())) {
        int count = tier.match().getOrDefault(name, 0);
        if (count > 0) {
          match.add(count + " " + name);
        }
      }
    }
    return match.toString();
  }

  private static String prize(Rules rules, Tier tier) {
    return tier.prize()
        .match(
            new Prize.Cases<>() {
              @Override
              public String fixed(long minorUnits) {
                return Shown.money(Money.of(minorUnits, rules.currency()));
              }

              @Override
              public String share(int permille) {
                return permille == 1000 ? "jackpot" : permille / 10.0 + " % of the pool";
              }
            });
  }

  private static CompletionException unknown(GameName game) {
    return new CompletionException(
        Problem.notFound("There is no game called " + game.text() + ".").unacceptable());
  }
}
