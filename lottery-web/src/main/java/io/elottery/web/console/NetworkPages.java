package io.elottery.web.console;

import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.site.view.Notice;
import io.elottery.web.site.view.Picture;
import io.elottery.web.staff.NetworkView;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The start page: a drawing of the network that renews itself. On the HTTP loop. */
final class NetworkPages {
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
    return picture(clerk.request())
        .thenApply(
            drawing ->
                counter.show(
                    200,
                    "console/network",
                    clerk.frame("Network", "network"),
                    Map.of(
                        "picture",
                        drawing,
                        "notice",
                        drawing.isPresent() ? Optional.empty() : Optional.of(away()))));
  }

  private CompletableFuture<WebAnswer> part(Clerk clerk) {
    return picture(clerk.request())
        .thenApply(
            drawing ->
                drawing
                    .map(
                        shown ->
                            counter.pages().show(200, "part/network", Map.of("picture", shown)))
                    .orElseGet(
                        () -> counter.pages().show(200, "part/notice", Map.of("notice", away()))));
  }

  private CompletableFuture<Optional<Picture>> picture(WebRequest request) {
    return network
        .ask()
        .handleAsync(
            (json, away) ->
                away == null ? Optional.of(Drawing.of(Json.trusted(json))) : Optional.empty(),
            request.executor());
  }

  private static Notice away() {
    return Notice.of("bad", "No main answers", "The picture comes back by itself.");
  }
}
