package io.elottery.web.staff;

import com.fasterxml.jackson.databind.JsonNode;
import io.elottery.web.exchange.Feed;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A list of main's that is followed: asks for what comes after the last item known, again and
 * again, and hands each item on as a server-sent event. Works for any call that takes {@code after}
 * and {@code wait} and whose items have a growing {@code sequence}, or {@code number}; a reader
 * that comes back names the last one it has by {@code Last-Event-ID}. On the request's executor.
 */
public final class Follow implements Feed {
  // Main waits this long for something new; well under the time after which it is given up.
  private static final String WAIT_SECONDS = "1";
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int QUIET_MAX = 5; // polls without an item before a sign of life

  private final OfficeLine office;
  private final WebRequest request;
  private final OfficeCall call;
  private final Function<JsonNode, String> words;
  private final JsonNode first;
  private long last;
  private String cursor; // where to go on, as main says it
  private int quiet;

  private Follow(
      OfficeLine office,
      WebRequest request,
      OfficeCall call,
      Function<JsonNode, String> words,
      JsonNode first) {
    this.office = office;
    this.request = request;
    this.call = call;
    this.words = words;
    this.first = first;
    this.cursor = call.query().getOrDefault("after", "0");
  }

  /** Whether the caller wants to follow. */
  public static boolean isWanted(WebRequest request) {
    return request.method().equals("GET")
        && request.header("Accept").orElse("").contains("text/event-stream");
  }

  /**
   * Asks once, and goes on when main answers well; else that is the answer.
   *
   * @param words an item as the event's data
   */
  public static CompletableFuture<WebAnswer> of(
      OfficeLine office, WebRequest request, OfficeCall call, Function<JsonNode, String> words) {
    Map<String, String> query = new TreeMap<>(call.query());
    query.remove("wait");
    request
        .header("Last-Event-ID")
        .filter(id -> id.matches("[0-9A-Za-z:_-]{1,100}"))
        .ifPresent(id -> query.put("after", id));
    OfficeCall begun = call.with(query);
    return office
        .ask(request, begun)
        .thenApply(
            answer ->
                answer.isGood()
                    ? WebAnswer.events(new Follow(office, request, begun, words, answer.body()))
                    : answer.toWeb());
  }

  @Override
  public void begin(Outlet outlet) {
    last = number(cursor);
    outlet.write("retry: 2000\n\n");
    hand(first, outlet);
    next(outlet);
  }

  private void next(Outlet outlet) {
    if (!outlet.isOpen()) {
      return;
    }
    Map<String, String> query = new TreeMap<>(call.query());
    query.put("after", cursor);
    query.put("wait", WAIT_SECONDS);
    office
        .ask(request, call.with(query))
        .whenComplete(
            (answer, away) -> {
              if (answer != null && answer.isGood()) {
                hand(answer.body(), outlet);
                // Through the loop, so that a main which does not wait is not asked without end.
                outlet.after(Duration.ofMillis(50), () -> next(outlet));
              } else if (answer != null && answer.status() < 500) {
                outlet.write("event: refused\ndata: " + answer.body() + "\n\n");
                outlet.end();
              } else {
                outlet.after(AGAIN, () -> next(outlet));
              }
            });
  }

  private void hand(JsonNode body, Outlet outlet) {
    JsonNode items = body.path("items");
    for (int i = 0; i < items.size(); i++) {
      // Reports are numbered by each main for itself: only the page's end says where to go on.
      boolean paged = items.get(i).has("sequence");
      boolean ends = i == items.size() - 1;
      long number = items.get(i).path("number").asLong();
      if (!paged && number <= last) {
        continue; // Another main was asked, which repeats what is known.
      }
      if (!paged) {
        last = number;
      }
      cursor = paged ? body.path("next").asText(cursor) : Long.toString(last);
      quiet = -1;
      StringBuilder event = new StringBuilder(!paged || ends ? "id: " + cursor + "\n" : "");
      words
          .apply(items.get(i))
          .lines()
          .forEach(line -> event.append("data: ").append(line).append('\n'));
      outlet.write(event.append('\n').toString());
    }
    if (++quiet >= QUIET_MAX) {
      quiet = 0;
      outlet.write(": \n\n");
    }
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : 0;
  }
}
