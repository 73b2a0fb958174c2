package io.elottery.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.web.console.view.EventRow;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.site.view.Notice;
import io.elottery.web.staff.Follow;
import io.elottery.web.staff.OfficeCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** What happened, newest first; new events appear by themselves. On the HTTP loop. */
final class EventPages {
  private static final List<String> SEVERITIES = List.of("critical", "warning", "notice");
  private static final String PAGE = "100";

  private final Counter counter;

  EventPages(Counter counter) {
    this.counter = counter;
  }

  void addTo(RouteTable routes) {
    routes
        .add("GET", "/events", counter.page(this::page))
        .add("GET", "/events/stream", counter.part(this::stream));
  }

  private CompletableFuture<WebAnswer> page(Clerk clerk) {
    Map<String, String> query = query(clerk);
    String severity = query.getOrDefault("severity", "");
    query.put("limit", PAGE);
    return clerk
        .get("/events", query)
        .thenApply(
            answer -> {
              List<EventRow> rows =
                  new ArrayList<>(HealthTexts.events(answer.body().path("items")));
              Collections.reverse(rows);
              String last = rows.isEmpty() ? "0" : rows.get(0).number();
              Optional<Notice> notice =
                  answer.isGood()
                      ? Optional.empty()
                      : Optional.of(Counter.notice(answer.problem()));
              return counter.show(
                  answer.isGood() ? 200 : answer.status(),
                  "console/events",
                  clerk.frame("Events", "events"),
                  Map.of(
                      "rows",
                      rows,
                      "severity",
                      severity,
                      "stream",
                      "/events/stream?after="
                          + last
                          + (severity.isEmpty() ? "" : "&severity=" + severity),
                      "notice",
                      notice));
            });
  }

  private CompletableFuture<WebAnswer> stream(Clerk clerk) {
    Map<String, String> query = query(clerk);
    clerk
        .request()
        .query("after")
        .filter(after -> after.matches("[0-9]{1,15}"))
        .ifPresent(after -> query.put("after", after));
    return Follow.of(
        clerk.office(),
        clerk.request(),
        OfficeCall.get(clerk.token(), "/events").with(query),
        this::row);
  }

  private String row(JsonNode item) {
    return new String(
        counter
            .pages()
            .show(200, "console/eventrow", Map.of("row", HealthTexts.event(item)))
            .body(),
        StandardCharsets.UTF_8);
  }

  private static Map<String, String> query(Clerk clerk) {
    Map<String, String> query = new TreeMap<>();
    clerk
        .request()
        .query("severity")
        .filter(SEVERITIES::contains)
        .ifPresent(severity -> query.put("severity", severity));
    return query;
  }
}
