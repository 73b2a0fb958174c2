package io.elottery.reports.mute;

import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * One person's word that a trouble is known: it is still shown, and does not alert.
 *
 * @param id {@code m-} and digits of hex
 * @param code of the trouble; empty for any on the subject
 * @param subject as of {@link Trouble#subject()}
 * @param by the member of the staff
 * @param reason 1 to {@value #REASON_MAX} characters
 * @param until at most {@link #LONGEST} after {@code from}
 * @param severity of the worst trouble it covered when it was made
 * @param around of the worst trouble on the subject then, covered or not
 * @param since when the worst covered trouble had begun
 */
public record Mute(
    String id,
    Optional<String> code,
    String subject,
    String by,
    String reason,
    Instant from,
    Instant until,
    Priority severity,
    Priority around,
    Instant since) {
  /** How long one may last: seven days. */
  public static final Duration LONGEST = Duration.ofDays(7);

  /** Characters of a reason at most. */
  public static final int REASON_MAX = 300;

  /** Checks the reason and how long it lasts. */
  public Mute {
    if (reason.isBlank() || reason.length() > REASON_MAX) {
      throw new IllegalArgumentException("reason: expected 1 to " + REASON_MAX + " characters");
    }
    if (!until.isAfter(from) || Duration.between(from, until).compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("until " + until + ": expected at most 7 days from now");
    }
  }

  /**
   * Over what is troubled now.
   *
   * @return empty when there is no trouble to mute
   */
  public static Optional<Mute> over(
      Collection<Trouble> troubles,
      String id,
      Optional<String> code,
      String subject,
      String by,
      String reason,
      Instant from,
      Instant until) {
    Optional<Trouble> worst =
        troubles.stream()
            .filter(trouble -> trouble.subject().equals(subject))
            .filter(trouble -> code.isEmpty() || code.get().equals(trouble.code()))
            .min(java.util.Comparator.comparing(Trouble::severity));
    return worst.map(
        trouble ->
            new Mute(
                id,
                code,
                subject,
                by,
                reason,
                from,
                until,
                trouble.severity(),
                worstOn(troubles, subject).orElse(trouble.severity()),
                trouble.since()));
  }

  /** Whether the trouble is the muted one. */
  public boolean covers(Trouble trouble) {
    return subject.equals(trouble.subject())
        && (code.isEmpty() || code.get().equals(trouble.code()));
  }

  /** The trouble that is worse than what was muted, if there is one. */
  Optional<Trouble> worse(Collection<Trouble> troubles) {
    return troubles.stream()
        .filter(trouble -> trouble.subject().equals(subject))
        .filter(
            trouble ->
                isWorse(trouble.severity(), around)
                    || (covers(trouble) && isWorse(trouble.severity(), severity)))
        .findFirst();
  }

  /** For logs and events: what it covers. */
  public String target() {
    return code.map(one -> one + ":" + subject).orElse(subject);
  }

  private static Optional<Priority> worstOn(Collection<Trouble> troubles, String subject) {
    return troubles.stream()
        .filter(trouble -> trouble.subject().equals(subject))
        .map(Trouble::severity)
        .min(java.util.Comparator.naturalOrder());
  }

  // The first of the enumeration is the worst.
  private static boolean isWorse(Priority one, Priority other) {
    return one.compareTo(other) < 0;
  }
}
