package io.elottery.controller.acting;

import io.elottery.foundation.config.ConfigSource;
import java.time.Duration;

/**
 * How main acts.
 *
 * @param reknitAfter {@code orders.reknit-after} (30 s): DOWN for so long, a worker's neighbours
 *     get another observer; too low: links are made for a restart; too high: they are watched by
 *     fewer meanwhile
 * @param ringGrace {@code ring.grace} (10 min): DOWN for so long, a worker is to leave the ring;
 *     too low: copies are made for a reboot; too high: a shard lives on fewer copies meanwhile
 * @param testAfter {@code orders.test-after} (10 s): SLOW for so long, it is to prove itself
 * @param guideAfter {@code orders.guide-after} (10 s): overloaded for so long, main moves its
 *     writers where the neighbours did not
 * @param calm {@code orders.calm} (30 s): so long well again before something is taken back; too
 *     low: what comes and goes is knit and unknit
 * @param share {@code orders.share} (25): percent of the workers that may be missing while main
 *     changes the network; above it only writers move
 * @param testEvery {@code capacity.every} (24 h): every worker proves itself so often, one after
 *     the other; 0 = never by itself
 * @param overload {@code overload.load} (850): permille of a worker's load above which it is
 *     overloaded
 */
public record ActingConfig(
    Duration reknitAfter,
    Duration ringGrace,
    Duration testAfter,
    Duration guideAfter,
    Duration calm,
    int share,
    Duration testEvery,
    int overload) {
  /** The defaults. */
  public static final ActingConfig STANDARD =
      new ActingConfig(
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          25,
          Duration.ofHours(24),
          850);

  /** How often to look whose test is due. */
  public Duration testLook() {
    Duration tenth = testEvery.dividedBy(10);
    boolean seldom = tenth.isZero() || tenth.compareTo(Duration.ofMinutes(1)) > 0;
    return seldom ? Duration.ofMinutes(1) : tenth;
  }

  /** Reads the keys. */
  public static ActingConfig from(ConfigSource source) {
    ActingConfig standard = STANDARD;
    return new ActingConfig(
        source.duration("orders.reknit-after", standard.reknitAfter),
        source.duration("ring.grace", standard.ringGrace),
        source.duration("orders.test-after", standard.testAfter),
        source.duration("orders.guide-after", standard.guideAfter),
        source.duration("orders.calm", standard.calm),
        source.integer("orders.share", standard.share, 1, 100),
        source.duration("capacity.every", standard.testEvery),
        source.integer("overload.load", standard.overload, 1, 1000));
  }
}
