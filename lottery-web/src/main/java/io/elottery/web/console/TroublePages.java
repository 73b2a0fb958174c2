package io.elottery.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.web.console.view.MuteRow;
import io.elottery.web.console.view.TroubleRow;
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

/** What is wrong, and who muted what. On the HTTP loop. */
final class TroublePages {
  private static final String TITLE = "Troubles";
  private static final String ACTIVE = "troubles";

  private final Counter counter;

  TroublePages(Counter counter) {
    this.counter = counter;
  }

  void addTo(RouteTable routes) {
    routes
        .add("GET", "/troubles", counter.page(clerk -> shown(clerk, 200, Optional.empty())))
        .add("POST", "/troubles/mute", counter.form(this::mute))
        .add("POST", "/troubles/mutes/{id}/end", counter.form(this::end));
  }

  private CompletableFuture<WebAnswer> shown(Clerk clerk, int status, Optional<Notice> notice) {
    return clerk
        .get("/troubles")
        .thenCombine(
            clerk.get("/mutes"), (troubles, mutes) -> page(clerk, status, troubles, mutes, notice));
  }

  private WebAnswer page(
      Clerk clerk, int status, OfficeAnswer troubles, OfficeAnswer mutes, Optional<Notice> notice) {
    if (!troubles.isGood()) {
      return counter.problem(clerk.frame(TITLE, ACTIVE), troubles.problem());
    }
    List<TroubleRow> rows = new ArrayList<>();
    troubles.body().path("items").forEach(item -> rows.add(trouble(item)));
    List<MuteRow> muted = new ArrayList<>();
    if (mutes.isGood()) {
      mutes.body().path("items").forEach(item -> muted.add(mute(item)));
    }
    return counter.show(
        status,
        "console/troubles",
        clerk.frame(TITLE, ACTIVE),
        Map.of("rows", rows, "mutes", muted, "mayMute", mutes.isGood(), "notice", notice));
  }

  private CompletableFuture<WebAnswer> mute(Clerk clerk, Form form) {
    ObjectNode body =
        Json.object()
            .put("subject", form.text("subject"))
            .put("seconds", seconds(form.text("hours")))
            .put("reason", form.text("reason").strip());
    if (!form.text("code").isEmpty()) {
      body.put("code", form.text("code"));
    }
    return clerk.post("/mutes", body).thenCompose(answer -> done(clerk, answer));
  }

  private CompletableFuture<WebAnswer> end(Clerk clerk, Form form) {
    return clerk
        .send("DELETE", "/mutes/" + clerk.request().param("id"), Json.object())
        .thenCompose(answer -> done(clerk, answer));
  }

  private CompletableFuture<WebAnswer> done(Clerk clerk, OfficeAnswer answer) {
    return answer.isGood()
        ? WebAnswer.seeOther("/troubles").now()
        : shown(clerk, answer.status(), Optional.of(Counter.notice(answer.problem())));
  }

  // Nonsense becomes 0, which main refuses with words.
  private static long seconds(String hours) {
    return hours.matches("[0-9]{1,3}") ? Long.parseLong(hours) * 3_600 : 0;
  }

  private static TroubleRow trouble(JsonNode item) {
    JsonNode mute = item.path("mute");
    return new TroubleRow(
        Texts.text(item, "code"),
        Texts.text(item, "subject"),
        Texts.text(item, "severity"),
        Texts.text(item, "since"),
        Texts.text(item, "what"),
        Texts.text(item, "impact"),
        Texts.text(item, "next"),
        mute.isObject() ? Optional.of(mute(mute)) : Optional.empty());
  }

  /** A mute as main tells it. */
  static MuteRow mute(JsonNode item) {
    String code = Texts.text(item, "code");
    return new MuteRow(
        Texts.text(item, "id"),
        (code.isEmpty() ? "" : code + ":") + Texts.text(item, "subject"),
        Texts.text(item, "severity"),
        Texts.text(item, "by"),
        Texts.text(item, "reason"),
        Texts.text(item, "until"));
  }
}
