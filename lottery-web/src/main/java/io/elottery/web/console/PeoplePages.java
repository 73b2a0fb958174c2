package io.elottery.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.web.console.view.PersonRow;
import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.site.view.Notice;
import io.elottery.web.staff.OfficeAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The staff: who may do what; adding, changing, disabling. On the HTTP loop. */
final class PeoplePages {
  private final Counter counter;

  PeoplePages(Counter counter) {
    this.counter = counter;
  }

  void addTo(RouteTable routes) {
    routes
        .add("GET", "/people", counter.page(clerk -> page(clerk, 200, Optional.empty())))
        .add("POST", "/people", counter.form(this::add))
        .add("GET", "/people/{name}", counter.page(clerk -> one(clerk, 200, Optional.empty())))
        .add("POST", "/people/{name}/roles", counter.form(this::roles))
        .add("POST", "/people/{name}/enable", counter.form((c, form) -> again(c, "/enable")))
        .add("POST", "/people/{name}/invite", counter.form((c, form) -> again(c, "/invite")))
        .add("POST", "/people/{name}/disable", counter.form(this::disable));
  }

  private CompletableFuture<WebAnswer> page(Clerk clerk, int status, Optional<Notice> notice) {
    return clerk
        .get("/staff")
        .thenApply(
            answer ->
                counter.show(
                    status == 200 && !answer.isGood() ? answer.status() : status,
                    "console/people",
                    clerk.frame("People", "people"),
                    Map.of("rows", rows(answer), "notice", notice.or(() -> notice(answer)))));
  }

  private CompletableFuture<WebAnswer> one(Clerk clerk, int status, Optional<Notice> notice) {
    String name = name(clerk);
    return clerk
        .get("/staff")
        .thenApply(
            answer ->
                rows(answer).stream()
                    .filter(row -> row.name().equals(name))
                    .findFirst()
                    .map(
                        row ->
                            counter.show(
                                status,
                                "console/person",
                                clerk.frame(name, "people"),
                                Map.of("row", row, "notice", notice)))
                    .orElseGet(() -> WebAnswer.seeOther("/people")));
  }

  private CompletableFuture<WebAnswer> add(Clerk clerk, Form form) {
    ObjectNode body =
        Json.object()
            .put("name", form.text("name").strip())
            .put("person", form.text("person").strip());
    putRoles(body, form);
    if (!form.text("branch").isBlank()) {
      body.put("branch", form.text("branch").strip());
    }
    return clerk
        .post("/staff", body)
        .thenCompose(
            answer ->
                answer.isGood()
                    ? ApprovalPages.to(answer.body()).now()
                    : page(clerk, answer.status(), notice(answer)));
  }

  private CompletableFuture<WebAnswer> roles(Clerk clerk, Form form) {
    ObjectNode body = Json.object();
    putRoles(body, form);
    return clerk
        .send("PUT", "/staff/" + name(clerk) + "/roles", body)
        .thenCompose(
            answer ->
                answer.isGood()
                    ? ApprovalPages.to(answer.body()).now()
                    : one(clerk, answer.status(), notice(answer)));
  }

  private CompletableFuture<WebAnswer> disable(Clerk clerk, Form form) {
    return clerk
        .post(
            "/staff/" + name(clerk) + "/disable",
            Json.object().put("reason", form.text("reason").strip()))
        .thenCompose(
            answer ->
                answer.isGood()
                    ? WebAnswer.seeOther("/people").now()
                    : one(clerk, answer.status(), notice(answer)));
  }

  private CompletableFuture<WebAnswer> again(Clerk clerk, String what) {
    return clerk
        .post("/staff/" + name(clerk) + what, Json.object())
        .thenCompose(
            answer ->
                answer.isGood()
                    ? ApprovalPages.to(answer.body()).now()
                    : one(clerk, answer.status(), notice(answer)));
  }

  private static String name(Clerk clerk) {
    String name = clerk.request().param("name");
    return name.matches("[a-z0-9][a-z0-9._-]{0,31}") ? name : "-";
  }

  private static void putRoles(ObjectNode body, Form form) {
    ArrayNode roles = body.putArray("roles");
    form.all("role").forEach(roles::add);
  }

  private static Optional<Notice> notice(OfficeAnswer answer) {
    return answer.isGood() ? Optional.empty() : Optional.of(Counter.notice(answer.problem()));
  }

  private static List<PersonRow> rows(OfficeAnswer answer) {
    List<PersonRow> rows = new ArrayList<>();
    for (JsonNode member : answer.body().path("items")) {
      rows.add(
          new PersonRow(
              Texts.text(member, "name"),
              Texts.text(member, "person"),
              String.join(", ", Texts.list(member.path("roles"))),
              Texts.text(member, "branch"),
              Texts.text(member, "set"),
              member.path("disabled").asBoolean(),
              Texts.text(member, "signsIn")));
    }
    return rows;
  }
}
