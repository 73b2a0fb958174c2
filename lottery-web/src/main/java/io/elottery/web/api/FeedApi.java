package io.elottery.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.foundation.time.Time;
import io.elottery.lottery.answer.LotteryAnswer.Projected;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.web.desk.Branches;
import io.elottery.web.desk.Desk;
import io.elottery.web.desk.Histories;
import io.elottery.web.exchange.Feed;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** What happened to draws, and what plug-ins make of it: public facts. */
public final class FeedApi {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int QUIET_MAX = 10; // looks without an item before a sign of life
  private static final int TOGETHER = 100; // of each branch
  private static final int READERS_MAX = 2_000; // of this gateway

  private final Histories histories;
  private final Branches branches;
  private final FeedTail tail;
  private final AtomicInteger readers = new AtomicInteger();

  /** At this desk. */
  public FeedApi(Desk desk, Branches branches, Time time) {
    this.histories = new Histories(desk);
    this.branches = branches;
    this.tail = new FeedTail(branches, time);
  }

  /** For the public port and the staff port. */
  public void addTo(RouteTable routes) {
    routes
        .add("GET", "/api/v1/feed", this::feed)
        .add("GET", "/api/v1/draws/{game}/{id}/history", this::history)
        .add("GET", "/api/v1/statistics", request -> project(request, "statistics"))
        .add("GET", "/api/v1/search", request -> project(request, "search"))
        .add(
            "GET",
            "/api/v1/projections/{name}",
            request -> project(request, request.param("name")));
  }

  private CompletableFuture<WebAnswer> feed(WebRequest request) throws Unacceptable {
    Optional<GameName> game = Input.gameFilter(request);
    int limit = Input.limit(request);
    FeedCursor cursor =
        FeedCursor.read(
            request.header("Last-Event-ID").or(() -> request.query("after")).orElse(""));
    if (request.header("Accept").orElse("").contains("text/event-stream")) {
      if (readers.get() >= READERS_MAX) {
        throw Problem.unavailable("Too many read the feed here. Try again in a moment.")
            .unacceptable();
      }
      return CompletableFuture.completedFuture(WebAnswer.events(new Events(request, game, cursor)));
    }
    return tail.after(request, cursor, limit)
        .thenApply(
            page -> {
              ObjectNode json = Json.object();
              ArrayNode items = json.putArray("items");
              page.items().stream().filter(item -> isOf(game, item)).forEach(items::add);
              json.put("next", page.next().toString());
              return WebAnswer.json(200, json);
            });
  }

  private static boolean isOf(Optional<GameName> game, JsonNode item) {
    return game.map(name -> name.text().equals(item.path("game").asText())).orElse(true);
  }

  /** The feed as it goes on. On the request's executor. */
  private final class Events implements Feed {
    private final WebRequest request;
    private final Optional<GameName> game;
    private final FeedCursor cursor;
    private int quiet;

    Events(WebRequest request, Optional<GameName> game, FeedCursor cursor) {
      this.request = request;
      this.game = game;
      this.cursor = cursor;
    }

    @Override
    public void begin(Outlet outlet) {
      readers.incrementAndGet();
      outlet.write("retry: 2000\n\n");
      next(outlet);
    }

    private void next(Outlet outlet) {
      if (!outlet.isOpen()) {
        readers.decrementAndGet();
        return;
      }
      tail.after(request, cursor, TOGETHER)
          .whenCompleteAsync(
              (page, away) -> {
                // Nobody answers: the reader waits, as for news.
                if (page != null) {
                  hand(page, outlet);
                }
                outlet.after(AGAIN, () -> next(outlet));
              },
              request.executor());
    }

    private void hand(FeedTail.Page page, Outlet outlet) {
      List<JsonNode> items = page.items();
      for (int i = 0; i < items.size(); i++) {
        JsonNode item = items.get(i);
        // Only after the last one is it known where to go on in all branches.
        String id = i == items.size() - 1 ? "id: " + page.next() + "\n" : "";
        if (isOf(game, item)) {
          String kind = item.path("kind").asText();
          outlet.write(id + "event: " + kind + "\ndata: " + item + "\n\n");
        } else if (!id.isEmpty()) {
          outlet.write(id + "\n");
        }
      }
      quiet = items.isEmpty() ? quiet + 1 : 0;
      if (quiet >= QUIET_MAX) {
        quiet = 0;
        outlet.write(": \n\n");
      }
    }
  }

  private CompletableFuture<WebAnswer> history(WebRequest request) throws Unacceptable {
    return histories
        .of(request, Input.draw(request))
        .thenApply(
            items -> {
              ObjectNode json = Json.object();
              json.set("items", items);
              return WebAnswer.json(200, json.putNull("next"));
            });
  }

  private CompletableFuture<WebAnswer> project(WebRequest request, String name)
      throws Unacceptable {
    Optional<BranchId> one = Input.branch(request);
    TreeMap<String, String> question = new TreeMap<>(request.queries());
    question.remove("branch");
    return branches
        .ask(
            request,
            one.map(List::of).orElseGet(branches::all),
            branch -> new LotteryQuery.Project(branch, name, question),
            Projected.class)
        .thenApply(
            answers -> {
              ObjectNode json = Json.object();
              ObjectNode each = json.putObject("branches");
              for (Map.Entry<BranchId, Projected> said : answers.found().entrySet()) {
                each.set(said.getKey().code(), Json.trusted(said.getValue().json().toBytes()));
              }
              ArrayNode missing = json.putArray("missing");
              answers.missing().forEach(branch -> missing.add(branch.code()));
              return WebAnswer.json(200, json);
            });
  }
}
