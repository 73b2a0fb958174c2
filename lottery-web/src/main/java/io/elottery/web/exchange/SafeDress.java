package io.elottery.web.exchange;

import io.elottery.web.exchange.WebAnswer.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Puts on every answer the headers that keep browsers from being talked into things: our own
 * scripts and styles only, no frames, no guessing of types, nothing kept unless it says so.
 */
public final class SafeDress implements Dress {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  private static final String SIX_MONTHS = "max-age=15552000";

  private static final Header NOT_KEPT = new Header("Cache-Control", "no-store");

  private final List<Header> always;
  private final Function<Problem, WebAnswer> page;

  /**
   * @param secure whether browsers come over TLS
   * @param page shows a problem to a person
   */
  public SafeDress(boolean secure, Function<Problem, WebAnswer> page) {
    List<Header> all =
        new ArrayList<>(
            List.of(
                new Header("Content-Security-Policy", POLICY),
                new Header("X-Content-Type-Options", "nosniff"),
                new Header("X-Frame-Options", "DENY"),
                new Header("Referrer-Policy", "same-origin"),
                new Header("Cross-Origin-Opener-Policy", "same-origin")));
    if (secure) {
      all.add(new Header("Strict-Transport-Security", SIX_MONTHS));
    }
    this.always = List.copyOf(all);
    this.page = page;
  }

  @Override
  public WebAnswer dressed(String path, WebAnswer answer) {
    List<Header> headers = new ArrayList<>(answer.headers());
    headers.addAll(always);
    if (!saysHowLongItIsKept(answer)) {
      headers.add(NOT_KEPT);
    }
    return answer.withHeaders(headers);
  }

  private static boolean saysHowLongItIsKept(WebAnswer answer) {
    for (Header header : answer.headers()) {
      if (header.name().equals(NOT_KEPT.name())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public WebAnswer problem(String path, Problem problem) {
    return path.startsWith("/api/") ? problem.answer() : page.apply(problem);
  }
}
