package io.elottery.web.console;

import io.elottery.web.console.view.ConsoleFrame;
import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.Handler;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.site.Pages;
import io.elottery.web.site.view.Notice;
import io.elottery.web.staff.Badges;
import io.elottery.web.staff.OfficeLine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Receives the staff: finds out who it is, sends those away who must sign in, refuses forms of
 * other sites, shows problems as pages of the console. On the HTTP loop.
 */
final class Counter {
  static final String COOKIE = "elottery-staff";

  private final Pages pages;
  private final OfficeLine office;
  private final Badges badges;

  Counter(Pages pages, OfficeLine office, Badges badges) {
    this.pages = pages;
    this.office = office;
    this.badges = badges;
  }

  /** Shows something to a member of the staff. */
  @FunctionalInterface
  interface Page {
    /** Begins the answer. */
    CompletableFuture<WebAnswer> show(Clerk clerk) throws Unacceptable;
  }

  /** Does what a form says. */
  @FunctionalInterface
  interface FormPage {
    /** Begins the answer. */
    CompletableFuture<WebAnswer> take(Clerk clerk, Form form) throws Unacceptable;
  }

  /** A page: whoever is not signed in signs in first and comes back. */
  Handler page(Page page) {
    return request ->
        visited(
            request,
            page,
            () ->
                WebAnswer.seeOther(
                    "/sign-in?next=" + URLEncoder.encode(request.path(), StandardCharsets.UTF_8)));
  }

  /** A part of a page that renews itself. */
  Handler part(Page page) {
    return request ->
        visited(request, page, () -> WebAnswer.html(401, "").with("HX-Redirect", "/"));
  }

  /** A form of one of our pages. */
  Handler form(FormPage page) {
    return request -> {
      Form form = own(request);
      return visited(
          request, clerk -> page.take(clerk, form), () -> WebAnswer.seeOther("/sign-in"));
    };
  }

  /**
   * Reads a form that a browser sent from one of our own pages.
   *
   * @throws Unacceptable 403 when it came from another site, or nothing says from where
   */
  static Form own(WebRequest request) throws Unacceptable {
    String host = request.header("Host").orElse("");
    String origin = request.header("Origin").orElse("");
    boolean ours =
        request
            .header("Sec-Fetch-Site")
            .map(site -> site.equals("same-origin"))
            .orElse(origin.equals("http://" + host) || origin.equals("https://" + host));
    if (!ours) {
      throw Problem.of(
              403,
              "FOREIGN_FORM",
              "This form is not from here",
              "Nothing was done. Open the console itself and try again.")
          .unacceptable();
    }
    return Form.of(request);
  }

  /** Who the browser's cookie says it is; empty for nobody. */
  CompletableFuture<Optional<Clerk>> clerk(WebRequest request) {
    String token = request.cookie(COOKIE).orElse("");
    return badges
        .member(request, token)
        .thenApply(member -> member.map(known -> new Clerk(request, token, known, office)));
  }

  Pages pages() {
    return pages;
  }

  /** A page of the console. */
  WebAnswer show(int status, String template, ConsoleFrame frame, Map<String, Object> params) {
    Map<String, Object> all = new java.util.TreeMap<>(params);
    all.put("frame", frame);
    return pages.show(status, template, all);
  }

  /** A problem as a page of the console. */
  WebAnswer problem(Problem problem) {
    return problem(new ConsoleFrame(problem.title(), "", Optional.empty()), problem);
  }

  WebAnswer problem(ConsoleFrame frame, Problem problem) {
    Notice notice = notice(problem).link("/", "To the console");
    WebAnswer page = show(problem.status(), "console/message", frame, Map.of("notice", notice));
    return problem.retryAfter().isEmpty()
        ? page
        : page.with(
            "Retry-After", Long.toString(Math.max(1, problem.retryAfter().get().toSeconds())));
  }

  /** A problem as a notice on a page. */
  static Notice notice(Problem problem) {
    return Notice.of(problem.status() >= 500 ? "wait" : "bad", problem.title(), problem.detail());
  }

  private CompletableFuture<WebAnswer> visited(
      WebRequest request, Page page, java.util.function.Supplier<WebAnswer> stranger) {
    return clerk(request)
        .thenCompose(
            clerk -> {
              if (clerk.isEmpty()) {
                return stranger.get().now();
              }
              try {
                return page.show(clerk.get());
              } catch (Unacceptable refused) {
                return CompletableFuture.failedFuture(refused);
              }
            })
        .exceptionally(thrown -> problem(refusal(thrown)));
  }

  private static Problem refusal(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof Unacceptable refused) {
      return refused.problem();
    }
    throw new CompletionException(cause);
  }
}
