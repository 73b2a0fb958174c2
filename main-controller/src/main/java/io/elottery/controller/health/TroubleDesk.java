package io.elottery.controller.health;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.reports.event.Event;
import io.elottery.reports.report.Report;
import io.elottery.reports.trouble.Codes;
import io.elottery.reports.trouble.Losses;
import io.elottery.reports.trouble.Picture;
import io.elottery.reports.trouble.Surroundings;
import io.elottery.reports.trouble.Trouble;
import io.elottery.reports.trouble.Troubles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Knows what is wrong: looks when something changed, at most every 250 ms, and at least once a
 * second; tells those who listen. While this main acts for LEFT it keeps the diary. On main's loop.
 */
public final class TroubleDesk implements Duty {
  private static final Duration PERIOD = Duration.ofMillis(250);
  private static final int LOOK_EVERY = 4; // periods without a change
  private static final long REST = 20; // times as long as the last look took
  private static final long REST_MAX = Duration.ofSeconds(1).toNanos();
  // What these begin with is about reports, mutes and alerts, not about mending.
  private static final List<String> TELLING =
      List.of("REPORT_", "HISTORY_", "MUTE_", "ALERT", "WEBHOOK_");
  private static final Duration DEEDS = Duration.ofHours(1);

  private final HealthPorts ports;
  private final EventDesk events;
  private final TroubleDiary diary;
  private final Losses losses = new Losses();
  private final Map<String, Instant> known = new TreeMap<>();
  private final List<TroubleListener> listeners = new ArrayList<>();
  private List<Trouble> troubles = List.of();
  private boolean changed = true;
  private int quiet;
  private long restUntil;

  /** Knows nothing until started. */
  public TroubleDesk(HealthPorts ports, EventDesk events) {
    this.ports = ports;
    this.events = events;
    diary = new TroubleDiary(events);
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    restUntil = ports.loop().time().nanos();
    ports.loop().every(PERIOD, this::turn);
  }

  /** Told when what is wrong has changed. Before the start. */
  public void tell(TroubleListener listener) {
    listeners.add(listener);
  }

  /** Something may be different: looked at soon. */
  public void changed() {
    changed = true;
  }

  /** What is wrong, as last looked at. */
  public List<Trouble> troubles() {
    return troubles;
  }

  /** All that this main knows now. */
  public Picture picture() {
    Instant now = ports.loop().time().now();
    List<Report> reports = ports.reports().get();
    Surroundings around = ports.around().get().losses(losses.lately());
    return Picture.of(now, ports.view().get(), reports)
        .around(around)
        .knowing(known)
        .after(deeds(now));
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere == Hemisphere.LEFT) {
      diary.begin(events.newestFirst(), ports.loop().time().now());
    }
    changed = true;
  }

  @Override
  public void end(Hemisphere hemisphere) {
    changed = true;
  }

  // In a network so large that a look takes long, the next one waits longer, a second at most: a
  // twentieth of the loop's time goes into looking.
  private void turn() {
    long now = ports.loop().time().nanos();
    if ((changed || ++quiet >= LOOK_EVERY) && now - restUntil >= 0) {
      changed = false;
      quiet = 0;
      look();
      long end = ports.loop().time().nanos();
      restUntil = end + Math.min(REST_MAX, REST * (end - now));
    }
  }

  private void look() {
    Instant now = ports.loop().time().now();
    ports.reports().get().forEach(report -> losses.observe(report, now));
    List<Trouble> found = Troubles.of(picture());
    Map<String, Instant> still = new TreeMap<>();
    found.forEach(trouble -> still.put(trouble.key(), trouble.since()));
    known.clear();
    known.putAll(still);
    boolean different = !found.equals(troubles);
    troubles = found;
    if (ports.halves().coordinates()) {
      diary.look(found, now);
    }
    if (different) {
      listeners.forEach(listener -> listener.changed(found));
    }
  }

  // What main did: every event that is neither a trouble's own nor only tells of telling.
  private List<Event> deeds(Instant now) {
    List<Event> deeds = new ArrayList<>();
    for (Event event : events.newestFirst()) {
      if (event.at().isBefore(now.minus(DEEDS))) {
        break;
      }
      boolean telling = TELLING.stream().anyMatch(event.code()::startsWith);
      if (!event.isOver() && !telling && !Codes.ALL.contains(event.code())) {
        deeds.add(0, event);
      }
    }
    return deeds;
  }
}
