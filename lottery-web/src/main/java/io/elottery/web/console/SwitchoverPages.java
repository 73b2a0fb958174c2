package io.elottery.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.site.view.Notice;
import io.elottery.web.staff.NetworkView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Lets another main lead a half: asks first, then hands over. On the HTTP loop. */
final class SwitchoverPages {
  private final Counter counter;
  private final NetworkView network;

  SwitchoverPages(Counter counter, NetworkView network) {
    this.counter = counter;
    this.network = network;
  }

  void addTo(RouteTable routes) {
    routes
        .add("GET", "/switchover/{half}", counter.page(clerk -> ask(clerk, 200, Optional.empty())))
        .add("POST", "/switchover/{half}", counter.form(this::begin));
  }

  private CompletableFuture<WebAnswer> ask(Clerk clerk, int status, Optional<Notice> notice) {
    String half = clerk.request().param("half").toUpperCase(Locale.ROOT);
    return network
        .ask()
        .handleAsync(
            (json, away) -> {
              JsonNode shown = away == null ? Json.trusted(json) : Json.object();
              JsonNode seat = shown.path("hemispheres").path(half);
              List<String> substitutes = new ArrayList<>();
              seat.path("substitutes").forEach(main -> substitutes.add(main.asText()));
              return counter.show(
                  status,
                  "console/switchover",
                  clerk.frame("Switch over " + half, "network"),
                  Map.of(
                      "half",
                      half,
                      "leader",
                      seat.path("leader").asText(""),
                      "substitutes",
                      substitutes,
                      "notice",
                      notice));
            },
            clerk.request().executor());
  }

  private CompletableFuture<WebAnswer> begin(Clerk clerk, Form form) {
    ObjectNode body =
        Json.object()
            .put("half", clerk.request().param("half"))
            .put("to", form.text("to"))
            .put("reason", form.text("reason").strip());
    return clerk
        .post("/switchover", body)
        .thenCompose(
            answer ->
                answer.isGood()
                    ? WebAnswer.seeOther("/").now()
                    : ask(clerk, answer.status(), Optional.of(Counter.notice(answer.problem()))));
  }
}
