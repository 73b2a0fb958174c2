package io.elottery.web.site;

import io.elottery.lottery.answer.LotteryAnswer.SessionFound;
import io.elottery.web.desk.Sessions;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.SessionToken;
import io.elottery.web.site.view.Frame;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Receives visitors: finds out who they are, frames pages, sends those away who must sign in. */
final class Reception {
  private final Sessions sessions;
  private final Visits visits;
  private final Pages pages;

  Reception(Sessions sessions, Visits visits, Pages pages) {
    this.sessions = sessions;
    this.visits = visits;
    this.pages = pages;
  }

  Visits visits() {
    return visits;
  }

  Pages pages() {
    return pages;
  }

  /** Somebody who came, signed in or not. */
  record Guest(Optional<SessionFound> session, Visits.Visit visit) {}

  /** Somebody who is signed in. */
  record Member(SessionFound session, SessionToken token, Visits.Visit visit) {
    Guest guest() {
      return new Guest(Optional.of(session), visit);
    }
  }

  /** Whoever it is. */
  CompletableFuture<Guest> guest(WebRequest request) {
    Visits.Visit visit = visits.visit(request);
    return sessions
        .visitor(request, visits.session(request))
        .thenApply(session -> new Guest(session, visit));
  }

  /** Who is signed in; exceptionally 401 when nobody is. */
  CompletableFuture<Member> member(WebRequest request) {
    Optional<SessionToken> token = visits.session(request);
    if (token.isEmpty()) {
      return CompletableFuture.failedFuture(Problem.signInFirst().unacceptable());
    }
    Visits.Visit visit = visits.visit(request);
    return sessions
        .require(request, token.get())
        .thenApply(session -> new Member(session, token.get(), visit));
  }

  /** A page in its frame. */
  WebAnswer page(
      Guest guest,
      int status,
      String title,
      String active,
      String template,
      Map<String, Object> params) {
    Map<String, Object> all = new TreeMap<>(params);
    all.put("frame", frame(guest, title, active));
    return visits.marked(pages.show(status, template, all), guest.visit());
  }

  Frame frame(Guest guest, String title, String active) {
    return new Frame(title, active, guest.session().map(Reception::visitor), guest.visit().proof());
  }

  /** Sends somebody who is not signed in to the sign-in page and back afterwards. */
  WebAnswer orSignIn(WebRequest request, Throwable problem) {
    Problem refused = problem(problem);
    if (refused.status() != 401) {
      throw new CompletionException(refused.unacceptable());
    }
    String next = request.method().equals("GET") ? request.path() : "/";
    return WebAnswer.seeOther("/sign-in?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
  }

  /** The problem behind a failed future; a fault is thrown on. */
  static Problem problem(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof Unacceptable refused) {
      return refused.problem();
    }
    throw new CompletionException(cause);
  }

  private static Frame.Visitor visitor(SessionFound session) {
    return new Frame.Visitor(
        session.name(),
        session.player().toString(),
        Shown.money(session.balance()),
        Visits.mark(session.player().toString()),
        session.player().isOperator());
  }
}
