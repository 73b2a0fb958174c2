package io.elottery.web.console.view;

import java.util.Optional;

/**
 * A trouble on the page, with who muted it.
 *
 * @param mute empty while it alerts
 */
public record TroubleRow(
    String code,
    String subject,
    String severity,
    String since,
    String what,
    String impact,
    String next,
    Optional<MuteRow> mute) {
  /** How its row looks: greyed while it is muted. */
  public String look() {
    return mute.isPresent() ? "gone" : severity.equals("CRITICAL") ? "bad" : "";
  }
}
