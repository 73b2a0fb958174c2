package io.elottery.web.site;

import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.web.api.Input;
import io.elottery.web.config.PlayersConfig;
import io.elottery.web.desk.SignIns;
import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.Passwords;
import io.elottery.web.signin.SessionToken;
import io.elottery.web.site.view.AccountForm;
import io.elottery.web.site.view.Notice;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Signing up, in and out. */
final class AccountPages {
  private final SignIns signIns;
  private final Reception reception;
  private final PlayersConfig config;

  AccountPages(SignIns signIns, Reception reception, PlayersConfig config) {
    this.signIns = signIns;
    this.reception = reception;
    this.config = config;
  }

  void addTo(RouteTable routes) {
    routes
        .add("GET", "/sign-up", request -> form(request, true))
        .add("GET", "/sign-in", request -> form(request, false))
        .add("POST", "/sign-up", this::signUp)
        .add("POST", "/sign-in", this::signIn)
        .add("POST", "/sign-out", this::signOut);
  }

  private CompletableFuture<WebAnswer> form(WebRequest request, boolean joining) {
    return reception
        .guest(request)
        .thenApply(
            guest ->
                guest.session().isPresent()
                    ? WebAnswer.seeOther("/")
                    : shown(guest, 200, joining, empty(request)));
  }

  private CompletableFuture<WebAnswer> signUp(WebRequest request) throws Unacceptable {
    Form form = reception.visits().form(request);
    return attempt(
        request,
        form,
        true,
        () -> {
          BranchId branch = Input.branch(form.text("branch"));
          String name = form.text("name").strip();
          String password = form.text("password");
          require(name.length() >= 2 && name.length() <= 40, "The name needs 2 to 40 characters.");
          require(
              password.length() >= Passwords.LENGTH_MIN
                  && password.length() <= Passwords.LENGTH_MAX,
              "The password needs at least " + Passwords.LENGTH_MIN + " characters.");
          return signIns
              .signUp(request, branch, name, password, signIns.keyOr(Optional.empty()))
              .thenCompose(
                  joined -> {
                    try {
                      return signIns.signIn(
                          request, new LotteryQuery.CredentialsById(joined.player()), password);
                    } catch (Unacceptable refused) {
                      return CompletableFuture.failedFuture(refused);
                    }
                  });
        });
  }

  private CompletableFuture<WebAnswer> signIn(WebRequest request) throws Unacceptable {
    Form form = reception.visits().form(request);
    return attempt(
        request,
        form,
        false,
        () ->
            signIns.signIn(
                request,
                new LotteryQuery.CredentialsByName(
                    Input.branch(form.text("branch")), form.text("name").strip()),
                form.text("password")));
  }

  @FunctionalInterface
  private interface Attempt {
    CompletableFuture<SignIns.Opened> start() throws Unacceptable;
  }

  private CompletableFuture<WebAnswer> attempt(
      WebRequest request, Form form, boolean joining, Attempt attempt) {
    CompletableFuture<SignIns.Opened> opened;
    try {
      opened = attempt.start();
    } catch (Unacceptable refused) {
      opened = CompletableFuture.failedFuture(refused);
    }
    return opened
        .thenApply(
            session -> {
              WebAnswer answer = WebAnswer.seeOther(next(form.text("next")));
              return reception.visits().signedIn(answer, session.token(), config.session());
            })
        .exceptionally(thrown -> refused(request, form, joining, Reception.problem(thrown)));
  }

  private WebAnswer refused(WebRequest request, Form form, boolean joining, Problem problem) {
    AccountForm again =
        new AccountForm(
            config.branches(),
            form.text("branch"),
            form.text("name"),
            form.text("next"),
            Optional.of(Notice.of("bad", problem.title(), problem.detail())));
    return shown(
        new Reception.Guest(Optional.empty(), reception.visits().visit(request)),
        problem.status(),
        joining,
        again);
  }

  private CompletableFuture<WebAnswer> signOut(WebRequest request) throws Unacceptable {
    reception.visits().form(request);
    WebAnswer answer = reception.visits().signedOut(WebAnswer.seeOther("/"));
    Optional<SessionToken> token = reception.visits().session(request);
    return token.isEmpty()
        ? answer.now()
        : signIns.signOut(request, token.get()).handle((done, away) -> answer);
  }

  private WebAnswer shown(Reception.Guest guest, int status, boolean joining, AccountForm form) {
    return reception.page(
        guest,
        status,
        joining ? "Sign up" : "Sign in",
        "",
        "page/account",
        Map.of("form", form, "joining", joining));
  }

  private AccountForm empty(WebRequest request) {
    return new AccountForm(
        config.branches(), "", "", next(request.query("next").orElse("/")), Optional.empty());
  }

  // Only paths of this site: never "//elsewhere" or "https:…".
  private static String next(String path) {
    return path.matches("/[A-Za-z0-9][A-Za-z0-9/._-]*") ? path : "/";
  }

  private static void require(boolean claim, String detail) throws Unacceptable {
    if (!claim) {
      throw Problem.of(422, "INVALID", "Please look at the form again", detail).unacceptable();
    }
  }
}
