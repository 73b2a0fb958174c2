package io.elottery.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.web.console.view.WrongRow;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.site.view.Notice;
import io.elottery.web.site.view.Picture;
import io.elottery.web.staff.NetworkView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The start page: what is wrong, and a drawing that renews itself. On the HTTP loop. */
final class NetworkPages {
  private static final Optional<JsonNode> NOBODY = Optional.empty();

  private final Counter counter;
  private final NetworkView network;
  private final SignInPages signIn;

  NetworkPages(Counter counter, NetworkView network, SignInPages signIn) {
    this.counter = counter;
    this.network = network;
    this.signIn = signIn;
  }

  void addTo(RouteTable routes) {
    routes.add("GET", "/", this::page).add("GET", "/parts/network", counter.part(this::part));
  }

  private CompletableFuture<WebAnswer> page(WebRequest request) {
    return counter
        .clerk(request)
        .thenCompose(
            clerk ->
                clerk.isEmpty()
                    ? signIn.form(200, Optional.empty(), "/").now()
                    : shown(clerk.get()));
  }

  private CompletableFuture<WebAnswer> shown(Clerk clerk) {
    return seen(clerk)
        .thenApply(
            seen ->
                counter.show(
                    200, "console/network", clerk.frame("Network", "network"), seen.params()));
  }

  private CompletableFuture<WebAnswer> part(Clerk clerk) {
    return seen(clerk)
        .thenApply(seen -> counter.pages().show(200, "console/networkstate", seen.params()));
  }

  // What main says now: the picture, and what is wrong.
  private record Seen(Optional<Picture> picture, List<WrongRow> troubles) {
    Map<String, Object> params() {
      return Map.of(
          "picture",
          picture,
          "troubles",
          troubles,
          "notice",
          picture.isPresent() ? Optional.empty() : Optional.of(away()));
    }
  }

  private CompletableFuture<Seen> seen(Clerk clerk) {
    CompletableFuture<List<WrongRow>> troubles =
        clerk
            .get("/troubles")
            .handle(
                (answer, away) ->
                    away == null && answer.isGood()
                        ? HealthTexts.troubles(answer.body())
                        : List.of());
    return network
        .ask()
        .handle((json, away) -> away == null ? Optional.of(Json.trusted(json)) : NOBODY)
        .thenCombineAsync(
            troubles,
            (json, rows) -> new Seen(json.map(shown -> Drawing.of(shown, rows)), rows),
            clerk.request().executor());
  }

  private static Notice away() {
    return Notice.of("bad", "No main answers", "The picture comes back by itself.");
  }
}
