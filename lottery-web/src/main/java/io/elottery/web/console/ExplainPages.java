package io.elottery.web.console;

import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One server, link, half, shard or draw explained. On the HTTP loop. */
final class ExplainPages {
  private static final String PART = "[A-Za-z0-9,-]{1,80}";

  private final Counter counter;

  ExplainPages(Counter counter) {
    this.counter = counter;
  }

  void addTo(RouteTable routes) {
    routes
        .add("GET", "/explain", counter.page(this::asked))
        .add("GET", "/explain/{subject}", counter.page(this::one))
        .add("GET", "/explain/{game}/{id}", counter.page(this::draw));
  }

  private CompletableFuture<WebAnswer> asked(Clerk clerk) throws Unacceptable {
    String subject = clerk.request().query("subject").orElse("").strip().replace(' ', ',');
    String href = HealthTexts.href(subject);
    if (href.isEmpty()) {
      throw notFound(subject);
    }
    return WebAnswer.seeOther(href).now();
  }

  private CompletableFuture<WebAnswer> one(Clerk clerk) throws Unacceptable {
    String subject = part(clerk, "subject");
    return shown(
        clerk,
        subject.contains(",")
            ? "/links/" + subject + "/explain"
            : "/servers/" + subject + "/explain");
  }

  private CompletableFuture<WebAnswer> draw(Clerk clerk) throws Unacceptable {
    return shown(clerk, "/draws/" + part(clerk, "game") + "/" + part(clerk, "id") + "/explain");
  }

  private CompletableFuture<WebAnswer> shown(Clerk clerk, String path) {
    return clerk
        .get(path)
        .thenApply(
            answer ->
                answer.isGood()
                    ? counter.show(
                        200,
                        "console/explain",
                        clerk.frame("Explain", "network"),
                        Map.of("is", HealthTexts.explanation(answer.body())))
                    : counter.problem(clerk.frame("Explain", "network"), answer.problem()));
  }

  private static String part(Clerk clerk, String name) throws Unacceptable {
    String part = clerk.request().param(name);
    if (!part.matches(PART)) {
      throw notFound(part);
    }
    return part;
  }

  private static Unacceptable notFound(String subject) {
    return Problem.notFound(
            "Expected a server, a link like worker-1,worker-2, or a draw like"
                + " powerball/TORM211126, not \""
                + subject.replaceAll("[^A-Za-z0-9/,. -]", "?")
                + "\".")
        .unacceptable();
  }
}
