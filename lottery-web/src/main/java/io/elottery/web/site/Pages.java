package io.elottery.web.site;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.site.view.Frame;
import io.elottery.web.site.view.Notice;
import java.util.Map;
import java.util.Optional;

/** Writes pages from templates compiled with this module. Any thread. */
public final class Pages {
  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

  /** A page or a part of one. */
  public WebAnswer show(int status, String template, Map<String, Object> params) {
    StringOutput out = new StringOutput(8192);
    engine.render(template + ".jte", params, out);
    return WebAnswer.html(status, out.toString());
  }

  /** A problem as a page for a person, in this frame. */
  WebAnswer problem(Frame frame, Problem problem) {
    Notice notice =
        switch (problem.status()) {
          case 401 ->
              Notice.of("bad", "Sign in first", "You are not signed in, or no longer.")
                  .link("/sign-in", "Sign in");
          case 404 ->
              Notice.of("bad", problem.title(), problem.detail()).link("/", "To the open draws");
          case 503 ->
              Notice.of(
                      "wait",
                      "The lottery cannot be reached just now",
                      "Nothing was lost, and nothing was done. It usually is back within"
                          + " seconds: try again.")
                  .link("/", "Try again");
          default -> Notice.of("bad", problem.title(), problem.detail()).link("/", "To the start");
        };
    WebAnswer page =
        show(problem.status(), "page/message", Map.of("frame", frame, "notice", notice));
    return problem.retryAfter().isEmpty()
        ? page
        : page.with(
            "Retry-After", Long.toString(Math.max(1, problem.retryAfter().get().toSeconds())));
  }

  /** A problem as a page when nothing is known of the reader. */
  public WebAnswer problem(Problem problem) {
    return problem(new Frame(problem.title(), "", Optional.empty(), ""), problem);
  }
}
