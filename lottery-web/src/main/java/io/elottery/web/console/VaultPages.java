package io.elottery.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.web.console.view.VaultView;
import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.site.view.Notice;
import io.elottery.web.staff.OfficeAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The vault: which main has which compartment open, giving a piece, sealing. On the HTTP loop. */
final class VaultPages {
  private static final List<String> COMPARTMENTS = List.of("network", "left", "right");

  private final Counter counter;

  VaultPages(Counter counter) {
    this.counter = counter;
  }

  void addTo(RouteTable routes) {
    routes
        .add("GET", "/vault", counter.page(clerk -> page(clerk, 200, Optional.empty())))
        .add("GET", "/parts/vault", counter.part(this::part))
        .add("POST", "/vault/unseal", counter.form(this::unseal))
        .add("POST", "/vault/seal", counter.form(this::seal));
  }

  private CompletableFuture<WebAnswer> page(Clerk clerk, int status, Optional<Notice> notice) {
    return clerk
        .get("/vault/status")
        .thenApply(
            answer ->
                counter.show(
                    status,
                    "console/vault",
                    clerk.frame("Vault", "vault"),
                    Map.of(
                        "vault",
                        view(answer),
                        "notice",
                        notice.or(
                            () ->
                                answer.isGood()
                                    ? Optional.empty()
                                    : Optional.of(Counter.notice(answer.problem()))))));
  }

  private CompletableFuture<WebAnswer> part(Clerk clerk) {
    return clerk
        .get("/vault/status")
        .thenApply(
            answer ->
                counter.pages().show(200, "console/vaultstate", Map.of("vault", view(answer))));
  }

  private CompletableFuture<WebAnswer> unseal(Clerk clerk, Form form) {
    return clerk
        .post("/vault/unseal", Json.object().put("piece", form.text("piece").strip()))
        .thenCompose(
            answer ->
                page(
                    clerk,
                    answer.status(),
                    Optional.of(
                        answer.isGood()
                            ? given(answer.body())
                            : Counter.notice(answer.problem()))));
  }

  private CompletableFuture<WebAnswer> seal(Clerk clerk, Form form) {
    return clerk
        .post("/vault/seal", Json.object())
        .thenCompose(
            answer ->
                answer.isGood()
                    ? WebAnswer.seeOther("/vault").now()
                    : page(clerk, answer.status(), Optional.of(Counter.notice(answer.problem()))));
  }

  private static Notice given(JsonNode body) {
    String compartment = Texts.text(body, "compartment");
    boolean open = Texts.text(body, "state").equals("OPEN");
    return Notice.of(
        open ? "good" : "info",
        open ? compartment + " is open" : "The piece was taken",
        compartment
            + ": "
            + body.path("given").asInt()
            + " of "
            + body.path("needed").asInt()
            + " pieces were given"
            + (open ? "; all mains that were reached hold its key now." : "."));
  }

  private static Optional<VaultView> view(OfficeAnswer answer) {
    if (!answer.isGood()) {
      return Optional.empty();
    }
    JsonNode body = answer.body();
    List<VaultView.MainRow> mains = new ArrayList<>();
    for (JsonNode main : body.path("mains")) {
      List<VaultView.Part> parts = new ArrayList<>();
      for (String name : COMPARTMENTS) {
        parts.add(part(main.path("compartments").path(name)));
      }
      mains.add(
          new VaultView.MainRow(
              Texts.text(main, "main"), main.path("connected").asBoolean(true), parts));
    }
    return Optional.of(
        new VaultView(
            Texts.text(body, "state").toLowerCase(Locale.ROOT),
            Texts.text(body, "why"),
            COMPARTMENTS,
            mains,
            Texts.list(body.path("waits"))));
  }

  private static VaultView.Part part(JsonNode json) {
    String state = Texts.text(json, "state").toLowerCase(Locale.ROOT);
    return new VaultView.Part(
        state.isEmpty() ? "unknown" : state,
        json.path("given").asInt(),
        json.path("needed").asInt(),
        Texts.text(json, "generation"));
  }
}
