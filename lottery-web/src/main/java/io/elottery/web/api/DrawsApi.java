package io.elottery.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.lottery.answer.DrawSummary;
import io.elottery.lottery.answer.LotteryAnswer.AvailabilityFound;
import io.elottery.lottery.answer.LotteryAnswer.BundleFound;
import io.elottery.lottery.answer.LotteryAnswer.DrawFound;
import io.elottery.lottery.answer.LotteryAnswer.DrawsFound;
import io.elottery.lottery.answer.LotteryAnswer.ProofFound;
import io.elottery.lottery.answer.LotteryAnswer.ResultFound;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.web.desk.Branches;
import io.elottery.web.desk.Desk;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Draws, their results and their evidence: public facts. */
public final class DrawsApi {
  private final Desk desk;
  private final Branches branches;

  /** At this desk. */
  public DrawsApi(Desk desk, Branches branches) {
    this.desk = desk;
    this.branches = branches;
  }

  /** For the public port and the staff port. */
  public void addTo(RouteTable routes) {
    routes
        .add("GET", "/api/v1/draws", this::draws)
        .add("GET", "/api/v1/draws/{game}/{id}", this::draw)
        .add("GET", "/api/v1/draws/{game}/{id}/result", this::result)
        .add("GET", "/api/v1/draws/{game}/{id}/bundle", this::bundle)
        .add("GET", "/api/v1/draws/{game}/{id}/proof/{ticket}", this::proof)
        .add("GET", "/api/v1/availability", this::availability);
  }

  private CompletableFuture<WebAnswer> draws(WebRequest request) throws Unacceptable {
    Optional<GameName> game = Input.gameFilter(request);
    Optional<DrawState> state = Input.state(request);
    int limit = Input.limit(request);
    DrawsCursor cursor = DrawsCursor.read(request.query("cursor"));
    List<BranchId> wanted = new ArrayList<>();
    for (BranchId branch : Input.branch(request).map(List::of).orElse(branches.all())) {
      if (cursor.continues(branch)) {
        wanted.add(branch);
      }
    }
    return branches
        .ask(
            request,
            wanted,
            branch -> new LotteryQuery.ListDraws(branch, game, state, cursor.of(branch), limit),
            DrawsFound.class)
        .thenApply(
            answers -> {
              List<DrawSummary> items = new ArrayList<>();
              // Open for players means that a ticket can be bought: all parties have committed.
              answers.found().values().stream()
                  .flatMap(found -> found.items().stream())
                  .filter(
                      draw -> state.isEmpty() || draw.state() != DrawState.OPEN || draw.onSale())
                  .forEach(items::add);
              items.sort(
                  Comparator.comparing(DrawSummary::closesAt)
                      .reversed()
                      .thenComparing(DrawSummary::draw));
              ObjectNode json =
                  ApiJson.page(items, ApiJson::draw, DrawsCursor.next(answers.found()));
              missing(json, answers.missing());
              return WebAnswer.json(200, json);
            });
  }

  private CompletableFuture<WebAnswer> draw(WebRequest request) throws Unacceptable {
    return desk.locate(request, new LotteryQuery.GetDraw(Input.draw(request)), DrawFound.class)
        .thenApply(
            found ->
                WebAnswer.json(
                    200, ApiJson.detail(found.answer().draw()).put("shard", found.shard())));
  }

  private CompletableFuture<WebAnswer> result(WebRequest request) throws Unacceptable {
    return desk.ask(request, new LotteryQuery.ResultOf(Input.draw(request)), ResultFound.class)
        .thenApply(found -> WebAnswer.json(200, ApiJson.result(found)));
  }

  private CompletableFuture<WebAnswer> bundle(WebRequest request) throws Unacceptable {
    return desk.ask(request, new LotteryQuery.BundleOf(Input.draw(request)), BundleFound.class)
        .thenApply(found -> new WebAnswer(200, "application/json", found.json().toBytes()));
  }

  private CompletableFuture<WebAnswer> proof(WebRequest request) throws Unacceptable {
    LotteryQuery query = new LotteryQuery.Proof(Input.draw(request), Input.ticket(request));
    return desk.ask(request, query, ProofFound.class)
        .thenApply(found -> WebAnswer.json(200, ApiJson.proof(found)));
  }

  private CompletableFuture<WebAnswer> availability(WebRequest request) throws Unacceptable {
    GameName game =
        Input.gameFilter(request)
            .orElseThrow(
                () ->
                    Problem.invalid("game", "Expected ?game= with the name of a game.")
                        .unacceptable());
    return branches
        .ask(
            request,
            branches.all(),
            branch -> new LotteryQuery.Availability(branch, game),
            AvailabilityFound.class)
        .thenApply(
            answers -> {
              ObjectNode json = Json.object();
              ArrayNode draws = json.putArray("draws");
              answers
                  .found()
                  .values()
                  .forEach(
                      found ->
                          found
                              .draws()
                              .forEach(
                                  draw ->
                                      draws
                                          .addObject()
                                          .put("id", draw.id().toString())
                                          .put("left", draw.left())));
              missing(json, answers.missing());
              return WebAnswer.json(200, json);
            });
  }

  private static void missing(ObjectNode json, List<BranchId> missing) {
    ArrayNode list = json.putArray("missing");
    missing.forEach(branch -> list.add(branch.code()));
  }
}
