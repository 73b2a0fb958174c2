package io.elottery.web.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.web.console.view.ConsoleFrame;
import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.TokenBuckets;
import io.elottery.web.site.view.Notice;
import io.elottery.web.staff.Badges;
import io.elottery.web.staff.OfficeCall;
import io.elottery.web.staff.OfficeLine;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Signing in by name and password, by an invitation or by a token, and out. On the HTTP loop. */
final class SignInPages {
  private static final Notice UNKNOWN =
      Notice.of("bad", "Not signed in", "This is not known; check it and try again.");

  private final Counter counter;
  private final OfficeLine office;
  private final Badges badges;
  private final TokenBuckets tries;
  private final boolean secure;

  /**
   * @param secure whether browsers come over TLS, so that the cookie may demand it
   */
  SignInPages(
      Counter counter, OfficeLine office, Badges badges, TokenBuckets tries, boolean secure) {
    this.counter = counter;
    this.office = office;
    this.badges = badges;
    this.tries = tries;
    this.secure = secure;
  }

  void addTo(RouteTable routes) {
    routes
        .add(
            "GET",
            "/sign-in",
            request -> form(200, Optional.empty(), next(request.query("next").orElse(""))).now())
        .add("POST", "/sign-in", this::signIn)
        .add("POST", "/sign-out", this::signOut);
  }

  /** The form, for somebody who came to this page. */
  WebAnswer form(int status, Optional<Notice> notice, String next) {
    return counter.show(
        status,
        "console/signin",
        new ConsoleFrame("Sign in", "", Optional.empty()),
        Map.of("notice", notice, "next", next));
  }

  private CompletableFuture<WebAnswer> signIn(WebRequest request) throws Unacceptable {
    Form form = Counter.own(request);
    String next = next(form.text("next"));
    if (tries.take(request.client()).isPresent()) {
      Notice later = Notice.of("bad", "Not signed in", "Too many tries; wait a minute.");
      return form(429, Optional.of(later), next).now();
    }
    String token = form.text("token").strip();
    if (!token.isEmpty()) {
      return badges
          .member(request, token)
          .thenApply(
              member ->
                  member.isPresent()
                      ? signedIn(token, next)
                      : form(401, Optional.of(UNKNOWN), next))
          .exceptionally(away -> form(503, Optional.of(away()), next));
    }
    ObjectNode body = Json.object().put("password", form.text("password"));
    String invitation = form.text("invitation").strip();
    if (invitation.isEmpty()) {
      body.put("name", form.text("name").strip());
    } else {
      body.put("invitation", invitation);
    }
    return office
        .ask(request, OfficeCall.post("", "/staff/sessions", body))
        .thenApply(
            answer ->
                answer.isGood()
                    ? signedIn(answer.body().path("token").asText(), next)
                    : form(answer.status(), Optional.of(refused(answer.problem())), next))
        .exceptionally(away -> form(503, Optional.of(away()), next));
  }

  private CompletableFuture<WebAnswer> signOut(WebRequest request) throws Unacceptable {
    Counter.own(request);
    String token = request.cookie(Counter.COOKIE).orElse("");
    WebAnswer out = WebAnswer.seeOther("/").with("Set-Cookie", cookie("", "; Max-Age=0"));
    if (token.isEmpty()) {
      return out.now();
    }
    badges.forget(token);
    // The browser forgets the token in any case; main ends the session if it can be reached.
    return office
        .ask(request, new OfficeCall(token, "DELETE", "/staff/sessions", Map.of(), Json.object()))
        .handle((answer, away) -> out);
  }

  private WebAnswer signedIn(String token, String next) {
    return token.matches("[A-Za-z0-9._~+/=-]+")
        ? WebAnswer.seeOther(next).with("Set-Cookie", cookie(token, "; Max-Age=28800"))
        : form(401, Optional.of(UNKNOWN), next);
  }

  private String cookie(String token, String lasts) {
    return Counter.COOKIE
        + "="
        + token
        + "; Path=/; HttpOnly; SameSite=Strict"
        + lasts
        + (secure ? "; Secure" : "");
  }

  private static Notice refused(Problem problem) {
    return problem.detail().isEmpty()
        ? UNKNOWN
        : Notice.of("bad", problem.title(), problem.detail());
  }

  private static Notice away() {
    return Notice.of("wait", "No main answers", "Nobody can sign in just now; try again shortly.");
  }

  // Only to a page of this console.
  private static String next(String wanted) {
    return wanted.matches("/[a-z0-9/-]*") && !wanted.startsWith("//") ? wanted : "/";
  }
}
