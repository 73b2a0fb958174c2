package io.elottery.web.site;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.time.RandomSource;
import io.elottery.web.exchange.Form;
import io.elottery.web.exchange.Problem;
import io.elottery.web.exchange.Unacceptable;
import io.elottery.web.exchange.WebAnswer;
import io.elottery.web.exchange.WebRequest;
import io.elottery.web.signin.SessionToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A browser's cookies: who is signed in, and the proof that a form came from our own page.
 *
 * <p>Nothing is remembered here, so any gateway can answer the next click. The proof in a form is a
 * hash of a random cookie that no other site can read.
 */
final class Visits {
  private static final String SESSION = "elottery-session";
  private static final String VISIT = "elottery-visit";
  private static final int PROOF_BYTES = 24;

  private final RandomSource random;
  private final boolean secure;

  Visits(RandomSource random, boolean secure) {
    this.random = random;
    this.secure = secure;
  }

  /** Who says to be signed in; only the ledger knows whether that still holds. */
  Optional<SessionToken> session(WebRequest request) {
    return request.cookie(SESSION).flatMap(SessionToken::parse);
  }

  /** The visit this request belongs to; a fresh one for a new browser. */
  Visit visit(WebRequest request) {
    return request
        .cookie(VISIT)
        .filter(id -> id.matches("[A-Za-z0-9_-]{22}"))
        .map(id -> new Visit(id, false))
        .orElseGet(() -> new Visit(text(random.bytes(16)), true));
  }

  /** Reads a form and checks that it came from one of our pages. */
  Form form(WebRequest request) throws Unacceptable {
    Form form = Form.of(request);
    Visit visit = visit(request);
    boolean foreign = request.header("Sec-Fetch-Site").orElse("").equals("cross-site");
    if (foreign
        || visit.fresh()
        || !MessageDigest.isEqual(
            visit.proof().getBytes(StandardCharsets.UTF_8),
            form.text("csrf").getBytes(StandardCharsets.UTF_8))) {
      throw Problem.of(
              403,
              "FOREIGN_FORM",
              "This form is too old",
              "Nothing was done. Cookies must be allowed for this site; go back, reload the page and"
                  + " try again.")
          .unacceptable();
    }
    return form;
  }

  /** Signs a browser in. */
  WebAnswer signedIn(WebAnswer answer, SessionToken token, Duration lasts) {
    return cookie(answer, SESSION, token.text(), lasts);
  }

  /** Signs a browser out. */
  WebAnswer signedOut(WebAnswer answer) {
    return cookie(answer, SESSION, "", Duration.ZERO);
  }

  /** Gives a new browser its visit. */
  WebAnswer marked(WebAnswer answer, Visit visit) {
    return visit.fresh() ? cookie(answer, VISIT, visit.id(), Duration.ofDays(30)) : answer;
  }

  private WebAnswer cookie(WebAnswer answer, String name, String value, Duration lasts) {
    return answer.with(
        "Set-Cookie",
        name
            + "="
            + value
            + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
            + lasts.toSeconds()
            + (secure ? "; Secure" : ""));
  }

  /** A stable sign of a player that tells nothing about who it is. */
  static String mark(String playerId) {
    return hash("elottery/mark/v1 " + playerId).substring(0, 12);
  }

  private static String hash(String text) {
    byte[] digest = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    return text(Arrays.copyOf(digest, PROOF_BYTES));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * One browser.
   *
   * @param id in its cookie only: a secret of that browser
   * @param fresh whether it has no cookie yet
   */
  record Visit(String id, boolean fresh) {
    /** What our forms carry. */
    String proof() {
      return hash("elottery/csrf/v1 " + id);
    }
  }
}
