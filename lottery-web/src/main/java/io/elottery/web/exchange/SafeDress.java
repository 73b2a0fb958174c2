package io.elottery.web.exchange;

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

  private final boolean secure;
  private final Function<Problem, WebAnswer> page;

  /**
   * @param secure whether browsers come over TLS
   * @param page shows a problem to a person
   */
  public SafeDress(boolean secure, Function<Problem, WebAnswer> page) {
    this.secure = secure;
    this.page = page;
  }

  @Override
  public WebAnswer dressed(String path, WebAnswer answer) {
    WebAnswer dressed =
        answer
            .with("Content-Security-Policy", POLICY)
            .with("X-Content-Type-Options", "nosniff")
            .with("X-Frame-Options", "DENY")
            .with("Referrer-Policy", "same-origin")
            .with("Cross-Origin-Opener-Policy", "same-origin");
    if (answer.headers().stream().noneMatch(header -> header.name().equals("Cache-Control"))) {
      dressed = dressed.with("Cache-Control", "no-store");
    }
    return secure ? dressed.with("Strict-Transport-Security", SIX_MONTHS) : dressed;
  }

  @Override
  public WebAnswer problem(String path, Problem problem) {
    return path.startsWith("/api/") ? problem.answer() : page.apply(problem);
  }
}
