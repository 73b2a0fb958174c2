package io.elottery.web.console;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.rendering.HealthJson;
import io.elottery.web.console.view.HealthView;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.site.view.Notice;
import io.elottery.web.staff.HealthFiles;
import io.elottery.web.staff.OfficeAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** How servers and links were over a day, a week, a quarter. On the HTTP loop. */
final class HealthPages {
  private static final String PATH = "/history/health";
  private static final Map<String, Duration> SPANS =
      Map.of("24h", Duration.ofHours(24), "7d", Duration.ofDays(7), "90d", Duration.ofDays(90));

  private final Counter counter;
  private final HealthFiles files;
  private final Supplier<Instant> now;

  HealthPages(Counter counter, HealthFiles files, Supplier<Instant> now) {
    this.counter = counter;
    this.files = files;
    this.now = now;
  }

  void addTo(RouteTable routes) {
    routes
        .add("GET", "/health", counter.page(this::page))
        .add("GET", "/parts/health", counter.part(this::part))
        .add("GET", "/health/export", counter.page(this::export));
  }

  private CompletableFuture<WebAnswer> page(Clerk clerk) {
    return state(
        clerk,
        params -> counter.show(200, "console/health", clerk.frame("Health", "health"), params));
  }

  private CompletableFuture<WebAnswer> part(Clerk clerk) {
    return state(
        clerk,
        params ->
            params.containsKey("view")
                    && params.get("view") instanceof Optional<?> there
                    && there.isPresent()
                ? counter.pages().show(200, "console/healthstate", Map.of("view", there.get()))
                : counter.pages().show(200, "part/notice", Map.of("notice", away())));
  }

  private CompletableFuture<WebAnswer> export(Clerk clerk) {
    String format = clerk.request().query("format").orElse("pdf");
    return asked(clerk).thenCompose(answer -> files.of(answer, format, clerk.request()));
  }

  private CompletableFuture<WebAnswer> state(
      Clerk clerk, Function<Map<String, Object>, WebAnswer> shown) {
    String span = span(clerk);
    return asked(clerk)
        .thenApply(
            answer -> {
              Optional<HealthView> view = view(span, answer);
              Optional<Notice> notice =
                  view.isPresent()
                      ? Optional.empty()
                      : Optional.of(answer.isGood() ? away() : Counter.notice(answer.problem()));
              return shown.apply(Map.of("view", view, "span", span, "notice", notice));
            });
  }

  private CompletableFuture<OfficeAnswer> asked(Clerk clerk) {
    Duration back = SPANS.getOrDefault(span(clerk), Duration.ofHours(24));
    return clerk.get(PATH, Map.of("from", now.get().minus(back).toString()));
  }

  private static Optional<HealthView> view(String span, OfficeAnswer answer) {
    if (!answer.isGood()) {
      return Optional.empty();
    }
    try {
      return Optional.of(HealthDrawing.of(span, HealthJson.parse(answer.body())));
    } catch (MalformedMessage newer) {
      return Optional.empty();
    }
  }

  private static String span(Clerk clerk) {
    String span = clerk.request().query("span").orElse("24h");
    return SPANS.containsKey(span) ? span : "24h";
  }

  private static Notice away() {
    return Notice.of("bad", "Main cannot tell just now", "The page comes back by itself.");
  }
}
