package io.elottery.web.console.view;

/**
 * Something that is wrong now.
 *
 * @param severity {@code CRITICAL WARNING NOTICE}: decides the colour
 * @param href where it is explained; empty for nowhere
 * @param follows whether it follows from one above
 * @param muted by whom, until when and why; empty while it alerts
 */
public record WrongRow(
    String code,
    String severity,
    String subject,
    String href,
    String since,
    String what,
    String impact,
    String next,
    boolean follows,
    String muted) {
  /** How its row looks: greyed while it is muted. */
  public String look() {
    return (follows ? "follows" : "") + (muted.isEmpty() ? "" : " gone");
  }
}
