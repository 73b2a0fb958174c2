package io.elottery.web.console.view;

/**
 * A mute on the page.
 *
 * @param target what it covers: {@code SERVER_SLOW:worker-7}, or the subject alone
 */
public record MuteRow(
    String id, String target, String severity, String by, String reason, String until) {
  /** In one line, beside a trouble. */
  public String words() {
    return "muted by " + by + " until " + until + ": " + reason;
  }
}
