package io.elottery.controller.alerts;

import io.elottery.reports.mute.Mutes;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.trouble.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Decides what is worth an alert, each once:
 *
 * <pre>
 *   untold --seen for a while, not muted--> told --worse than told--> told
 *   told --gone for a while--> untold
 * </pre>
 *
 * <p>What follows from a more urgent trouble is not told beside it. A warning must stay {@link
 * #SETTLED} before it is told, a critical trouble is told at once. A trouble is over when it has
 * been gone for {@link #GONE}; each time it was told within {@link #MEMORY} doubles that, up to
 * {@link #GONE_MOST}: what flaps is one alert, not twenty. Pure, time passed in; on one loop.
 */
final class AlertBook {
  /** How long a warning must last: 3 s. */
  static final Duration SETTLED = Duration.ofSeconds(3);

  /** How long a trouble must be gone to be over: 30 s. */
  static final Duration GONE = Duration.ofSeconds(30);

  /** How long at most, of one that flaps: 8 min. */
  static final Duration GONE_MOST = Duration.ofMinutes(8);

  /** How long it is remembered that a trouble was told: 1 h. */
  static final Duration MEMORY = Duration.ofHours(1);

  /** Troubles that are followed at once; what comes on top is counted, not told. */
  static final int CASES_MOST = 2_000;

  private final Map<String, Case> cases = new TreeMap<>();
  private long passedOver;

  /** What is known of one trouble; all but the dossier is forgotten with the leadership. */
  private static final class Case {
    private final Deque<Long> told = new ArrayDeque<>();
    private Dossier dossier;
    private long seenSince = -1;
    private long goneSince = -1;

    Case(Dossier dossier) {
      this.dossier = dossier;
    }
  }

  /** Begins anew from what the records hold. */
  void recall(Collection<Dossier> dossiers) {
    cases.clear();
    dossiers.forEach(dossier -> cases.put(dossier.key(), new Case(dossier)));
  }

  /** The dossier of a trouble as it is now. */
  Dossier dossier(String key) {
    Case one = cases.get(key);
    return one == null ? Dossier.blank(key) : one.dossier;
  }

  /** Troubles that were not told because there are too many. */
  long passedOver() {
    return passedOver;
  }

  /**
   * Looks at what is troubled now.
   *
   * @return dossiers that changed, to be recorded before anything of them is sent
   */
  List<Dossier> look(
      List<Trouble> troubles, Mutes mutes, Webhooks webhooks, Instant now, long nanos) {
    List<Dossier> changed = new ArrayList<>();
    Map<String, Trouble> present = new TreeMap<>();
    for (Trouble trouble : troubles) {
      if (trouble.severity().compareTo(Priority.WARNING) <= 0) {
        present.put(trouble.key(), trouble);
      }
    }
    for (Trouble trouble : present.values()) {
      Case one = cases.get(trouble.key());
      if (one == null && cases.size() >= CASES_MOST) {
        passedOver++;
        continue;
      }
      if (one == null) {
        one = new Case(Dossier.blank(trouble.key()));
        cases.put(trouble.key(), one);
      }
      boolean quiet = mutes.over(trouble).isPresent() || isSymptom(trouble, present);
      if (seen(one, trouble, quiet, webhooks, now, nanos)) {
        changed.add(one.dossier);
      }
    }
    for (Case one : cases.values()) {
      if (!present.containsKey(one.dossier.key()) && missed(one, webhooks, now, nanos)) {
        changed.add(one.dossier);
      }
    }
    cases.values().removeIf(one -> isForgotten(one, present, nanos));
    return changed;
  }

  /** The webhook took the alert, or it was given up. */
  Dossier told(String key, String alert, String webhook) {
    Case one = cases.get(key);
    if (one == null) {
      return Dossier.blank(key);
    }
    one.dossier = one.dossier.told(alert, webhook);
    return one.dossier;
  }

  private boolean seen(
      Case one, Trouble trouble, boolean quiet, Webhooks webhooks, Instant now, long nanos) {
    one.goneSince = -1;
    if (one.seenSince < 0) {
      one.seenSince = nanos;
    }
    if (quiet) {
      return false;
    }
    if (one.dossier.open().isPresent()) {
      Trouble open = one.dossier.open().get();
      boolean worse = trouble.severity().compareTo(open.severity()) < 0;
      // With the beginning that was told: another main may have seen it begin at another moment.
      return worse && tell(one, Stage.WORSENED, since(trouble, open), webhooks, now);
    }
    boolean settled =
        trouble.severity() == Priority.CRITICAL || nanos - one.seenSince >= SETTLED.toNanos();
    if (!settled || !tell(one, Stage.BEGUN, trouble, webhooks, now)) {
      return false;
    }
    one.told.addLast(nanos);
    return true;
  }

  // Its cause is told, or muted, and says more.
  private static boolean isSymptom(Trouble trouble, Map<String, Trouble> present) {
    return trouble
        .cause()
        .map(present::get)
        .filter(cause -> cause.severity().compareTo(trouble.severity()) < 0)
        .isPresent();
  }

  private boolean missed(Case one, Webhooks webhooks, Instant now, long nanos) {
    one.seenSince = -1;
    if (one.dossier.open().isEmpty()) {
      return false;
    }
    if (one.goneSince < 0) {
      one.goneSince = nanos;
    }
    if (nanos - one.goneSince < patience(one, nanos).toNanos()) {
      return false;
    }
    Alert alert = new Alert(Stage.ENDED, now, one.dossier.open().get());
    one.dossier = one.dossier.telling(alert, webhooks.concernedBy(alert));
    return true;
  }

  // Nothing is told, and so nothing noted, while nobody wants to know: who registers later is told
  // of what is troubled then.
  private static boolean tell(
      Case one, Stage stage, Trouble trouble, Webhooks webhooks, Instant now) {
    Alert alert = new Alert(stage, now, trouble);
    SortedSet<String> concerned = webhooks.concernedBy(alert);
    if (concerned.isEmpty()) {
      return false;
    }
    one.dossier = one.dossier.telling(alert, concerned);
    return true;
  }

  private static Duration patience(Case one, long nanos) {
    while (!one.told.isEmpty() && nanos - one.told.getFirst() > MEMORY.toNanos()) {
      one.told.removeFirst();
    }
    int doublings = Math.min(10, Math.max(0, one.told.size() - 1));
    Duration patience = GONE.multipliedBy(1L << doublings);
    return patience.compareTo(GONE_MOST) > 0 ? GONE_MOST : patience;
  }

  private static boolean isForgotten(Case one, Map<String, Trouble> present, long nanos) {
    patience(one, nanos);
    return one.dossier.isBlank() && one.told.isEmpty() && !present.containsKey(one.dossier.key());
  }

  private static Trouble since(Trouble trouble, Trouble open) {
    return new Trouble(
        trouble.code(),
        trouble.subject(),
        trouble.severity(),
        open.since(),
        trouble.what(),
        trouble.impact(),
        trouble.cause(),
        trouble.evidence(),
        trouble.done(),
        trouble.next());
  }
}
