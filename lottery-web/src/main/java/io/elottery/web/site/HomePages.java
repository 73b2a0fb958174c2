package io.elottery.web.site;

import io.elottery.lottery.answer.DrawSummary;
import io.elottery.lottery.answer.LotteryAnswer.DrawsFound;
import io.elottery.lottery.answer.LotteryAnswer.ResultFound;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.web.desk.Branches;
import io.elottery.web.desk.Desk;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.site.view.DrawCard;
import io.elottery.web.site.view.ResultRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The first page: open draws and what was drawn last. */
final class HomePages {
  private static final int DRAWS_EACH = 30;
  private static final int LATEST = 4;

  private final Desk desk;
  private final Branches branches;
  private final Reception reception;

  HomePages(Desk desk, Branches branches, Reception reception) {
    this.desk = desk;
    this.branches = branches;
    this.reception = reception;
  }

  void addTo(RouteTable routes) {
    routes.add("GET", "/", this::home).add("GET", "/parts/draws", this::draws);
  }

  private CompletableFuture<WebAnswer> home(WebRequest request) {
    CompletableFuture<Reception.Guest> guest = reception.guest(request);
    CompletableFuture<Games> games = Games.askOrNone(desk, request);
    CompletableFuture<Open> open =
        guest
            .thenCombine(games, (who, known) -> open(request, known, own(who)))
            .thenCompose(found -> found);
    CompletableFuture<List<ResultRow>> latest =
        games.thenCompose(known -> latest(request, branches.all(), Optional.empty(), known));
    return CompletableFuture.allOf(guest, open, latest)
        .thenApply(
            all ->
                reception.page(
                    guest.join(),
                    200,
                    "Open draws",
                    "draws",
                    "page/home",
                    Map.of(
                        "draws",
                        open.join().draws(),
                        "missing",
                        open.join().missing(),
                        "latest",
                        latest.join())));
  }

  private CompletableFuture<WebAnswer> draws(WebRequest request) {
    return reception
        .guest(request)
        .thenCombine(Games.askOrNone(desk, request), (who, games) -> open(request, games, own(who)))
        .thenCompose(found -> found)
        .thenApply(
            open ->
                reception
                    .pages()
                    .show(
                        200,
                        "part/draws",
                        Map.of("draws", open.draws(), "missing", open.missing())));
  }

  private record Open(List<DrawCard> draws, String missing) {}

  private static Optional<BranchId> own(Reception.Guest guest) {
    return guest.session().map(me -> me.player().branch());
  }

  // The visitor's own branch first: there a ticket is sealed at once.
  private CompletableFuture<Open> open(WebRequest request, Games games, Optional<BranchId> own) {
    return branches
        .ask(request, branches.all(), branch -> list(branch, DrawState.OPEN), DrawsFound.class)
        .thenApply(
            answers -> {
              List<DrawCard> cards = new ArrayList<>();
              answers.found().values().stream()
                  .flatMap(found -> found.items().stream())
                  .filter(DrawSummary::onSale)
                  .sorted(
                      Comparator.comparing(
                              (DrawSummary draw) ->
                                  own.isPresent() && !own.get().equals(draw.draw().branch()))
                          .thenComparing(DrawSummary::closesAt))
                  .forEach(draw -> cards.add(Shown.draw(draw, games)));
              String missing =
                  answers.missing().isEmpty()
                      ? ""
                      : "Not reached just now: "
                          + answers.missing()
                          + ". We look again by"
                          + " ourselves.";
              return new Open(cards, missing);
            });
  }

  private static LotteryQuery list(BranchId branch, DrawState state) {
    return new LotteryQuery.ListDraws(
        branch, Optional.empty(), Optional.of(state), Optional.empty(), DRAWS_EACH);
  }

  /** The latest certified draws with their numbers; none where the ledger is away. */
  CompletableFuture<List<ResultRow>> latest(
      WebRequest request, List<BranchId> wanted, Optional<GameName> game, Games games) {
    return branches
        .ask(
            request,
            wanted,
            branch ->
                new LotteryQuery.ListDraws(
                    branch, game, Optional.of(DrawState.CERTIFIED), Optional.empty(), LATEST),
            DrawsFound.class)
        .thenCompose(
            answers -> {
              List<CompletableFuture<ResultFound>> asked =
                  answers.found().values().stream()
                      .flatMap(found -> found.items().stream())
                      .sorted(Comparator.comparing(DrawSummary::closesAt).reversed())
                      .limit(LATEST)
                      .map(
                          draw ->
                              desk.ask(
                                  request,
                                  new LotteryQuery.ResultOf(draw.draw()),
                                  ResultFound.class))
                      .toList();
              return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                  .thenApply(all -> asked.stream().map(one -> row(one.join(), games)).toList());
            })
        .exceptionally(away -> List.of());
  }

  private static ResultRow row(ResultFound result, Games games) {
    return new ResultRow(
        games.title(result.draw().game()),
        result.draw().id().toString(),
        Optional.of("/draws/" + result.draw().game().text() + "/" + result.draw().id()),
        result
            .outcome()
            .map(drawn -> Shown.drawn(drawn.numbers(), games.rules(result.draw().game())))
            .orElse(List.of()),
        Shown.slot(result.draw().id()));
  }
}
