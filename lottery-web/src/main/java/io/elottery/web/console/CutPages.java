package io.elottery.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.site.view.Notice;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The emergency: cutting a link or a worker, confirming and lifting a cut. On the HTTP loop. */
final class CutPages {
  private final Counter counter;

  CutPages(Counter counter) {
    this.counter = counter;
  }

  void addTo(RouteTable routes) {
    routes
        .add("GET", "/keys/cut", counter.page(this::ask))
        .add("POST", "/keys/cut", counter.form(this::cut))
        .add("POST", "/keys/cut/{id}/confirm", counter.form(this::confirm))
        .add("POST", "/keys/cut/{id}/lift", counter.form(this::lift));
  }

  private CompletableFuture<WebAnswer> ask(Clerk clerk) throws Unacceptable {
    String link = clerk.request().query("link").orElse("");
    String worker = clerk.request().query("worker").orElse("");
    if (link.isEmpty() == worker.isEmpty()) {
      throw Problem.invalid("link", "Expected one link or one worker.").unacceptable();
    }
    return shown(clerk, 200, link, worker, Optional.empty()).now();
  }

  private CompletableFuture<WebAnswer> cut(Clerk clerk, Form form) {
    String link = form.text("link");
    String worker = form.text("worker");
    ObjectNode body = Json.object().put("reason", form.text("reason").strip());
    body.put(link.isEmpty() ? "worker" : "link", link.isEmpty() ? worker : link);
    return clerk
        .post("/keys/cut", body)
        .thenApply(
            answer ->
                answer.isGood()
                    ? done(clerk, answer.body())
                    : shown(
                        clerk,
                        answer.status(),
                        link,
                        worker,
                        Optional.of(Counter.notice(answer.problem()))));
  }

  private CompletableFuture<WebAnswer> confirm(Clerk clerk, Form form) {
    return clerk
        .post("/keys/cut/" + clerk.request().param("id") + "/confirm", Json.object())
        .thenApply(
            answer ->
                answer.isGood()
                    ? WebAnswer.seeOther("/keys")
                    : counter.problem(clerk.frame("Cut", "keys"), answer.problem()));
  }

  private CompletableFuture<WebAnswer> lift(Clerk clerk, Form form) {
    return clerk
        .post("/keys/cut/" + clerk.request().param("id") + "/lift", Json.object())
        .thenApply(
            answer ->
                answer.isGood()
                    ? ApprovalPages.to(answer.body())
                    : counter.problem(clerk.frame("Cut", "keys"), answer.problem()));
  }

  private WebAnswer shown(
      Clerk clerk, int status, String link, String worker, Optional<Notice> notice) {
    return counter.show(
        status,
        "console/cut",
        clerk.frame("Cut", "keys"),
        Map.of("link", link, "worker", worker, "notice", notice));
  }

  private WebAnswer done(Clerk clerk, JsonNode cut) {
    Map<String, String> ends = new TreeMap<>();
    for (JsonNode end : cut.path("ends")) {
      ends.put(
          Texts.link(Texts.text(end, "link")) + " at " + Texts.text(end, "end"),
          Texts.text(end, "state"));
    }
    return counter.show(
        200,
        "console/wascut",
        clerk.frame("Cut", "keys"),
        Map.of("id", Texts.text(cut, "id"), "ends", ends));
  }
}
