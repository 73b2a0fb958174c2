package io.elottery.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.foundation.time.Time;
import io.elottery.lottery.answer.LotteryAnswer.Projected;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.web.desk.Branches;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.WebRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The end of what happened in all branches, held here, so that many readers cost the workers one
 * question a second and branch. Any thread.
 */
final class FeedTail {
  private static final Duration AGE_MAX = Duration.ofSeconds(1);
  private static final int HELD_MAX = 1_000; // of each branch
  private static final int PAGE = 500;

  private final Branches branches;
  private final Time time;
  private final TreeMap<BranchId, Held> held = new TreeMap<>();
  private CompletableFuture<Void> asking = CompletableFuture.completedFuture(null);
  private long askedAt;

  /** The last ones of a branch. */
  private static final class Held {
    private final Deque<JsonNode> items = new ArrayDeque<>();
    private long from; // all after this number are held
    private long last;
  }

  FeedTail(Branches branches, Time time) {
    this.branches = branches;
    this.time = time;
    this.askedAt = time.nanos() - AGE_MAX.toNanos();
  }

  /** What happened after the cursor, in order of time, and the cursor after it. */
  record Page(List<JsonNode> items, FeedCursor next) {}

  /** At most so many of each branch; what a branch that is away has to say comes later. */
  CompletableFuture<Page> after(WebRequest at, FeedCursor cursor, int limit) {
    return fresh(at)
        .thenCompose(
            done -> {
              List<JsonNode> items = new ArrayList<>();
              List<BranchId> further = take(cursor, limit, items);
              return further.isEmpty()
                  ? CompletableFuture.completedFuture(sorted(items, cursor))
                  : ask(at, further, branch -> cursor.of(branch), limit)
                      .thenApply(
                          found -> {
                            found.forEach(
                                (branch, answer) -> {
                                  answer.path("items").forEach(items::add);
                                  cursor.read(branch, answer.path("last").asLong());
                                });
                            return sorted(items, cursor);
                          });
            });
  }

  private static Page sorted(List<JsonNode> items, FeedCursor cursor) {
    items.sort(Comparator.comparing(item -> item.path("at").asText()));
    return new Page(items, cursor);
  }

  // Adds what is held; the branches whose reader is further behind.
  private synchronized List<BranchId> take(FeedCursor cursor, int limit, List<JsonNode> items) {
    List<BranchId> further = new ArrayList<>();
    for (BranchId branch : branches.all()) {
      Held here = held.get(branch);
      if (here == null) {
        continue;
      }
      if (cursor.of(branch) < here.from) {
        further.add(branch);
        continue;
      }
      int taken = 0;
      for (JsonNode item : here.items) {
        long number = item.path("number").asLong();
        if (number > cursor.of(branch) && taken < limit) {
          items.add(item);
          cursor.read(branch, number);
          taken++;
        }
      }
    }
    return further;
  }

  private synchronized CompletableFuture<Void> fresh(WebRequest at) {
    if (asking.isDone() && time.nanos() - askedAt >= AGE_MAX.toNanos()) {
      askedAt = time.nanos();
      CompletableFuture<Void> round = new CompletableFuture<>();
      asking = round;
      Map<BranchId, Long> lasts = new TreeMap<>();
      held.forEach((branch, here) -> lasts.put(branch, here.last));
      ask(at, branches.all(), branch -> lasts.getOrDefault(branch, -1L), PAGE)
          .whenComplete(
              (found, away) -> {
                if (away == null) {
                  found.forEach(this::keep);
                  round.complete(null);
                } else {
                  round.completeExceptionally(away);
                }
              });
    }
    return asking;
  }

  private synchronized void keep(BranchId branch, JsonNode answer) {
    JsonNode items = answer.path("items");
    Held here = held.get(branch);
    if (here == null) {
      here = new Held();
      here.from =
          items.isEmpty()
              ? answer.path("last").asLong()
              : items.path(0).path("number").asLong() - 1;
      held.put(branch, here);
    }
    for (JsonNode item : items) {
      if (item.path("number").asLong() > here.last) {
        here.items.add(item);
      }
    }
    here.last = Math.max(here.last, answer.path("last").asLong());
    while (here.items.size() > HELD_MAX) {
      here.from = here.items.remove().path("number").asLong();
    }
  }

  /** The last number known of a branch; negative: the newest are wanted. */
  private interface Known {
    long of(BranchId branch);
  }

  private CompletableFuture<Map<BranchId, JsonNode>> ask(
      WebRequest at, List<BranchId> whom, Known known, int limit) {
    return branches
        .ask(
            at,
            whom,
            branch -> {
              TreeMap<String, String> question = new TreeMap<>();
              long after = known.of(branch);
              question.put("limit", Integer.toString(Math.min(PAGE, limit)));
              question.put(after < 0 ? "newest" : "after", Long.toString(Math.abs(after)));
              return new LotteryQuery.Project(branch, "feed", question);
            },
            Projected.class)
        .thenApply(
            answers -> {
              Map<BranchId, JsonNode> found = new TreeMap<>();
              answers
                  .found()
                  .forEach(
                      (branch, said) -> found.put(branch, Json.trusted(said.json().toBytes())));
              return found;
            });
  }
}
