package io.elottery.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.web.console.view.AuditRow;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.site.view.Notice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** What the staff did, page by page, and the file that proves it. On the HTTP loop. */
final class AuditPages {
  private static final String PAGE = "100";

  private final Counter counter;

  AuditPages(Counter counter) {
    this.counter = counter;
  }

  void addTo(RouteTable routes) {
    routes
        .add("GET", "/audit", counter.page(this::page))
        .add("GET", "/audit/export", counter.page(this::export));
  }

  private CompletableFuture<WebAnswer> page(Clerk clerk) {
    String filter = clerk.request().query("filter").orElse("").strip();
    Map<String, String> query = new TreeMap<>(Map.of("limit", PAGE));
    clerk.request().query("cursor").ifPresent(cursor -> query.put("cursor", cursor));
    clerk
        .request()
        .query("from")
        .filter(from -> from.matches("[0-9]{1,18}"))
        .ifPresent(from -> query.put("from", from));
    return clerk
        .get("/audit", query)
        .thenApply(
            answer -> {
              String next = Texts.text(answer.body(), "next");
              Optional<Notice> notice =
                  answer.isGood()
                      ? Optional.empty()
                      : Optional.of(Counter.notice(answer.problem()));
              return counter.show(
                  answer.isGood() ? 200 : answer.status(),
                  "console/audit",
                  clerk.frame("Audit", "audit"),
                  Map.of(
                      "rows",
                      rows(answer.body(), filter.toLowerCase(Locale.ROOT)),
                      "filter",
                      filter,
                      "older",
                      next.isEmpty() ? Optional.empty() : Optional.of(older(next, filter)),
                      "notice",
                      notice));
            });
  }

  private CompletableFuture<WebAnswer> export(Clerk clerk) {
    boolean csv = clerk.request().query("format").orElse("json").equals("csv");
    return AuditFile.collect(clerk)
        .thenApply(
            file ->
                (csv
                        ? WebAnswer.csv(200, file.csv())
                        : new WebAnswer(200, "application/json", file.json()))
                    .asFile("audit." + (csv ? "csv" : "json")));
  }

  private static String older(String cursor, String filter) {
    return "/audit?cursor="
        + URLEncoder.encode(cursor, StandardCharsets.UTF_8)
        + (filter.isEmpty() ? "" : "&filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
  }

  private static List<AuditRow> rows(JsonNode body, String filter) {
    List<AuditRow> rows = new ArrayList<>();
    for (JsonNode item : body.path("items")) {
      AuditRow row =
          new AuditRow(
              Texts.text(item, "number"),
              Texts.text(item, "at"),
              Texts.text(item, "who"),
              Texts.text(item, "approvedBy"),
              Texts.text(item, "what"),
              Texts.text(item, "target"),
              Texts.text(item, "detail"),
              Texts.text(item, "result"));
      if (row.toString().toLowerCase(Locale.ROOT).contains(filter)) {
        rows.add(row);
      }
    }
    return rows;
  }
}
