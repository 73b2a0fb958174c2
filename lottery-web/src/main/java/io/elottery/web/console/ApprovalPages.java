package io.elottery.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.web.console.view.ApprovalCard;
import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.site.view.Notice;
import io.elottery.web.staff.OfficeAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What waits for a second person: its words, its hash, who; to be approved or rejected. */
final class ApprovalPages {
  private static final Set<String> STATES =
      Set.of("PENDING", "APPROVED", "DONE", "FAILED", "REJECTED", "EXPIRED");

  private final Counter counter;

  ApprovalPages(Counter counter) {
    this.counter = counter;
  }

  void addTo(RouteTable routes) {
    routes
        .add("GET", "/approvals", counter.page(this::list))
        .add("GET", "/parts/pending", counter.part(this::pending))
        .add("GET", "/approvals/{id}", counter.page(clerk -> one(clerk, 200, Optional.empty())))
        .add("POST", "/approvals/{id}/approve", counter.form(this::approve))
        .add("POST", "/approvals/{id}/reject", counter.form(this::reject));
  }

  /** Sends a browser to the proposal just made. */
  static WebAnswer to(JsonNode proposal) {
    return WebAnswer.seeOther("/approvals/" + Texts.text(proposal, "id"));
  }

  private CompletableFuture<WebAnswer> list(Clerk clerk) {
    String state = clerk.request().query("state").filter(STATES::contains).orElse("");
    return clerk
        .get("/approvals", state.isEmpty() ? Map.of() : Map.of("state", state))
        .thenApply(
            answer ->
                counter.show(
                    answer.isGood() ? 200 : answer.status(),
                    "console/approvals",
                    clerk.frame("Approvals", "approvals"),
                    Map.of(
                        "cards", cards(answer, clerk), "state", state, "notice", notice(answer))));
  }

  private CompletableFuture<WebAnswer> pending(Clerk clerk) {
    return clerk
        .get("/approvals", Map.of("state", "PENDING"))
        .thenApply(
            answer -> {
              long count = cards(answer, clerk).stream().filter(ApprovalCard::pending).count();
              return WebAnswer.html(200, count == 0 ? "" : "<b class=\"count\">" + count + "</b>");
            });
  }

  private CompletableFuture<WebAnswer> one(Clerk clerk, int status, Optional<Notice> notice) {
    return clerk
        .get(path(clerk.request(), ""))
        .thenApply(
            answer ->
                answer.isGood()
                    ? counter.show(
                        status,
                        "console/approval",
                        clerk.frame("Approval", "approvals"),
                        Map.of("card", card(answer.body(), clerk), "notice", notice))
                    : counter.problem(clerk.frame("Approval", "approvals"), answer.problem()));
  }

  private CompletableFuture<WebAnswer> approve(Clerk clerk, Form form) {
    return decided(clerk, "/approve", "hash", form.text("hash"));
  }

  private CompletableFuture<WebAnswer> reject(Clerk clerk, Form form) throws Unacceptable {
    return decided(clerk, "/reject", "reason", form.text("reason").strip());
  }

  private CompletableFuture<WebAnswer> decided(
      Clerk clerk, String what, String field, String value) {
    return clerk
        .post(path(clerk.request(), what), Json.object().put(field, value))
        .thenCompose(
            answer ->
                answer.isGood()
                    ? WebAnswer.seeOther(path(clerk.request(), "")).now()
                    : one(clerk, answer.status(), Optional.of(Counter.notice(answer.problem()))));
  }

  private static String path(WebRequest request, String what) {
    String id = request.param("id");
    return "/approvals/" + (id.matches("[A-Za-z0-9-]{1,64}") ? id : "-") + what;
  }

  private static Optional<Notice> notice(OfficeAnswer answer) {
    return answer.isGood() ? Optional.empty() : Optional.of(Counter.notice(answer.problem()));
  }

  private static List<ApprovalCard> cards(OfficeAnswer answer, Clerk clerk) {
    List<ApprovalCard> cards = new ArrayList<>();
    answer.body().path("items").forEach(item -> cards.add(card(item, clerk)));
    return cards;
  }

  private static ApprovalCard card(JsonNode json, Clerk clerk) {
    return new ApprovalCard(
        Texts.text(json, "id"),
        Texts.words(Texts.text(json, "kind")),
        Texts.text(json, "words").lines().toList(),
        Texts.text(json, "hash"),
        Texts.text(json, "proposer"),
        Texts.text(json, "at"),
        Texts.text(json, "until"),
        Texts.text(json, "state"),
        Texts.text(json, "approver"),
        Texts.text(json, "why"),
        Texts.text(json, "invitation"),
        Texts.text(json, "proposer").equals(clerk.member().name()));
  }
}
