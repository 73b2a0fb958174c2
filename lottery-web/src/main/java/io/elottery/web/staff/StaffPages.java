package io.elottery.web.staff;

import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.Json;
import io.elottery.web.exchange.RouteTable;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.TokenBuckets;
import io.elottery.web.site.Pages;
import io.elottery.web.site.view.Notice;
import io.elottery.web.site.view.Picture;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The staff's page: a drawing of the network that renews itself. */
final class StaffPages {
  private final Pages pages;
  private final StaffGuard guard;
  private final NetworkView network;
  private final TokenBuckets tries;

  StaffPages(Pages pages, StaffGuard guard, NetworkView network, TokenBuckets tries) {
    this.pages = pages;
    this.guard = guard;
    this.network = network;
    this.tries = tries;
  }

  void addTo(RouteTable routes) {
    routes
        .add("GET", "/", this::page)
        .add("GET", "/parts/network", this::part)
        .add("POST", "/sign-in", this::signIn)
        .add("POST", "/sign-out", this::signOut);
  }

  private CompletableFuture<WebAnswer> page(WebRequest request) {
    if (!guard.signedIn(request)) {
      return shown(200, Optional.empty(), Optional.empty(), false).now();
    }
    return picture(request)
        .thenApply(
            drawing ->
                shown(
                    200,
                    drawing,
                    drawing.isPresent() ? Optional.empty() : Optional.of(away()),
                    true));
  }

  private CompletableFuture<WebAnswer> part(WebRequest request) {
    if (!guard.signedIn(request)) {
      return WebAnswer.html(401, "").with("HX-Redirect", "/").now();
    }
    return picture(request)
        .thenApply(
            drawing ->
                drawing
                    .map(shown -> pages.show(200, "part/network", Map.of("picture", shown)))
                    .orElseGet(() -> pages.show(200, "part/notice", Map.of("notice", away()))));
  }

  private CompletableFuture<Optional<Picture>> picture(WebRequest request) {
    return network
        .ask()
        .handleAsync(
            (json, away) ->
                away == null ? Optional.of(Drawing.of(Json.trusted(json))) : Optional.empty(),
            request.executor());
  }

  private static Notice away() {
    return Notice.of("bad", "No main answers", "The picture comes back by itself.");
  }

  private CompletableFuture<WebAnswer> signIn(WebRequest request) throws Unacceptable {
    String token = Form.of(request).text("token").strip();
    if (tries.take(request.client()).isEmpty() && guard.known(token).isPresent()) {
      return WebAnswer.seeOther("/").with("Set-Cookie", cookie(token, "; Max-Age=28800")).now();
    }
    Notice wrong = Notice.of("bad", "Not signed in", "This token is not known; try again later.");
    return shown(401, Optional.empty(), Optional.of(wrong), false).now();
  }

  private CompletableFuture<WebAnswer> signOut(WebRequest request) {
    return WebAnswer.seeOther("/").with("Set-Cookie", cookie("", "; Max-Age=0")).now();
  }

  private static String cookie(String token, String lasts) {
    return StaffGuard.COOKIE + "=" + token + "; Path=/; HttpOnly; SameSite=Strict" + lasts;
  }

  private WebAnswer shown(
      int status, Optional<Picture> picture, Optional<Notice> notice, boolean signedIn) {
    return pages.show(
        status, "page/staff", Map.of("picture", picture, "notice", notice, "signedIn", signedIn));
  }
}
