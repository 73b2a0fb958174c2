package io.elottery.web.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.web.console.view.KeyRow;
import io.elottery.web.console.view.PlanView;
import io.elottery.web.console.view.Rotation;
import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.site.view.Notice;
import io.elottery.web.staff.OfficeAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Links and their keys: the picture, plans, rotations. On the HTTP loop. */
final class KeyPages {
  private static final List<String> SCOPES = List.of("link", "worker", "hemisphere", "all");

  private final Counter counter;

  KeyPages(Counter counter) {
    this.counter = counter;
  }

  void addTo(RouteTable routes) {
    routes
        .add("GET", "/keys", counter.page(clerk -> page(clerk, 200, Optional.empty())))
        .add("GET", "/parts/keys", counter.part(this::part))
        .add("GET", "/keys/plan", counter.page(this::plan))
        .add("POST", "/keys/rotate", counter.form(this::rotate))
        .add("GET", "/keys/standing", counter.page(clerk -> standing(clerk, 200, Optional.empty())))
        .add("POST", "/keys/standing", counter.form(this::propose))
        .add("POST", "/keys/standing/revoke", counter.form(this::revoke));
  }

  private CompletableFuture<WebAnswer> page(Clerk clerk, int status, Optional<Notice> notice) {
    return shown(clerk)
        .thenApply(
            params -> {
              params.put("notice", notice.isPresent() ? notice : params.get("problem"));
              params.remove("problem");
              return counter.show(status, "console/keys", clerk.frame("Keys", "keys"), params);
            });
  }

  private CompletableFuture<WebAnswer> part(Clerk clerk) {
    return shown(clerk)
        .thenApply(
            params -> {
              params.put("officer", clerk.member().isOfficer());
              params.remove("problem");
              return counter.pages().show(200, "console/keystate", params);
            });
  }

  // Both answers at once; a refusal is said on the page.
  private static CompletableFuture<Map<String, Object>> shown(Clerk clerk) {
    CompletableFuture<OfficeAnswer> keys = clerk.get("/keys");
    return clerk
        .get("/keys/rotation")
        .thenCombine(keys, (rotation, found) -> params(clerk, rotation, found));
  }

  private static Map<String, Object> params(Clerk clerk, OfficeAnswer rotation, OfficeAnswer keys) {
    List<KeyRow> rows = keys.isGood() ? KeyDrawing.rows(keys.body()) : List.of();
    Optional<Rotation> under =
        rotation.isGood() && !rotation.body().path("waves").isEmpty()
            ? Optional.of(KeyDrawing.rotation(rotation.body()))
            : Optional.empty();
    Map<String, Object> params = new TreeMap<>();
    params.put("rows", rows);
    params.put("matrix", KeyDrawing.matrix(rows));
    params.put("rotation", under);
    params.put("cuts", KeyDrawing.cuts(keys.body(), clerk.member().name()));
    params.put(
        "problem", keys.isGood() ? Optional.empty() : Optional.of(Counter.notice(keys.problem())));
    return params;
  }

  private CompletableFuture<WebAnswer> plan(Clerk clerk) throws Unacceptable {
    String field = clerk.request().query("scope").orElse("all");
    String value = clerk.request().query("value").orElse("").strip();
    ObjectNode scope = scope(field, value);
    return clerk
        .post("/keys/plan", scope)
        .thenCompose(
            answer -> {
              if (!answer.isGood()) {
                return page(clerk, answer.status(), Optional.of(Counter.notice(answer.problem())));
              }
              PlanView plan = KeyDrawing.plan(answer.body(), words(field, value), field, value);
              return counter
                  .show(200, "console/plan", clerk.frame("Plan", "keys"), Map.of("plan", plan))
                  .now();
            });
  }

  private CompletableFuture<WebAnswer> rotate(Clerk clerk, Form form) throws Unacceptable {
    return clerk
        .post("/keys/rotate", scope(form.text("scope"), form.text("value")))
        .thenCompose(
            answer ->
                answer.isGood()
                    ? ApprovalPages.to(answer.body()).now()
                    : page(clerk, answer.status(), Optional.of(Counter.notice(answer.problem()))));
  }

  private CompletableFuture<WebAnswer> standing(Clerk clerk, int status, Optional<Notice> notice) {
    return clerk
        .get("/keys/standing")
        .thenApply(
            answer ->
                counter.show(
                    status == 200 && !answer.isGood() ? answer.status() : status,
                    "console/standing",
                    clerk.frame("Standing approval", "keys"),
                    Map.of(
                        "standing",
                        KeyDrawing.standing(answer.body()),
                        "notice",
                        notice.or(
                            () ->
                                answer.isGood()
                                    ? Optional.empty()
                                    : Optional.of(Counter.notice(answer.problem()))))));
  }

  private CompletableFuture<WebAnswer> propose(Clerk clerk, Form form) throws Unacceptable {
    ObjectNode body = Json.object();
    for (String field : List.of("everyDays", "maxLinksPerDay", "untilDays")) {
      String number = form.text(field);
      if (!number.matches("[0-9]{1,6}")) {
        throw Problem.invalid(field, "Expected a whole number.").unacceptable();
      }
      body.put(field, Integer.parseInt(number));
    }
    return clerk
        .post("/keys/standing", body)
        .thenCompose(
            answer ->
                answer.isGood()
                    ? ApprovalPages.to(answer.body()).now()
                    : standing(
                        clerk, answer.status(), Optional.of(Counter.notice(answer.problem()))));
  }

  private CompletableFuture<WebAnswer> revoke(Clerk clerk, Form form) {
    return clerk
        .send("DELETE", "/keys/standing", Json.object())
        .thenCompose(
            answer ->
                answer.isGood()
                    ? WebAnswer.seeOther("/keys/standing").now()
                    : standing(
                        clerk, answer.status(), Optional.of(Counter.notice(answer.problem()))));
  }

  private static ObjectNode scope(String field, String value) throws Unacceptable {
    if (!SCOPES.contains(field) || (!field.equals("all") && value.isEmpty())) {
      throw Problem.invalid("scope", "Expected link, worker, hemisphere or all, with its name.")
          .unacceptable();
    }
    ObjectNode body = Json.object();
    if (field.equals("all")) {
      body.putObject("scope").put("all", true);
    } else {
      body.putObject("scope").put(field, value);
    }
    return body;
  }

  private static String words(String field, String value) {
    return switch (field) {
      case "link" -> "the link " + value;
      case "worker" -> "all links of " + value;
      case "hemisphere" -> "all links of " + value;
      default -> "all links";
    };
  }
}
