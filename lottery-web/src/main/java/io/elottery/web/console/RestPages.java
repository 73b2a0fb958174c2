package io.elottery.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.site.view.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Letting a worker rest, and serve again. On the HTTP loop. */
final class RestPages {
  private final Counter counter;

  RestPages(Counter counter) {
    this.counter = counter;
  }

  void addTo(RouteTable routes) {
    routes
        .add("GET", "/servers/{id}", counter.page(clerk -> page(clerk, 200, Optional.empty())))
        .add("POST", "/servers/{id}/conserve", counter.form(this::conserve))
        .add("POST", "/servers/{id}/release", counter.form((clerk, form) -> release(clerk)));
  }

  private CompletableFuture<WebAnswer> conserve(Clerk clerk, Form form) {
    return changed(clerk, "conserve", Json.object().put("reason", form.text("reason").strip()));
  }

  private CompletableFuture<WebAnswer> release(Clerk clerk) {
    return changed(clerk, "release", Json.object());
  }

  private CompletableFuture<WebAnswer> changed(Clerk clerk, String what, ObjectNode body) {
    return clerk
        .post(path(clerk) + "/" + what, body)
        .thenCompose(
            answer ->
                answer.isGood()
                    ? CompletableFuture.completedFuture(WebAnswer.seeOther(path(clerk)))
                    : page(clerk, answer.status(), Optional.of(Counter.notice(answer.problem()))));
  }

  private CompletableFuture<WebAnswer> page(Clerk clerk, int status, Optional<Notice> notice) {
    return clerk
        .get(path(clerk) + "/rest")
        .thenApply(
            answer ->
                answer.isGood()
                    ? counter.show(
                        status,
                        "console/rest",
                        clerk.frame("Server", "network"),
                        Map.of(
                            "worker",
                            Texts.text(answer.body(), "worker"),
                            "state",
                            state(answer.body()),
                            "resting",
                            answer.body().path("wanted").asBoolean(),
                            "notice",
                            notice))
                    : counter.problem(clerk.frame("Server", "network"), answer.problem()));
  }

  private static String path(Clerk clerk) {
    return "/servers/" + clerk.request().param("id");
  }

  private static String state(JsonNode rest) {
    List<String> writes = new ArrayList<>();
    rest.path("writes").forEach(shard -> writes.add("shard-" + shard.asText()));
    String blocked = Texts.text(rest, "blockedBy");
    String reason = Texts.text(rest, "reason");
    return Texts.text(rest, "verdict")
        + (writes.isEmpty() ? ", writes no shard" : ", writes " + String.join(", ", writes))
        + (reason.isEmpty() ? "" : ". Rests because " + reason)
        + (blocked.isEmpty() ? "" : ". Still: " + blocked);
  }
}
