package io.elottery.heartbeat.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** DESIGN section 7, invariant 4, for one observer. */
class FailureDetectorProperties {
  private static final int SEEDS = 500;
  private static final long INTERVAL = 500_000_000L;
  private static final DetectorConfig CONFIG = DetectorConfig.every(Duration.ofNanos(INTERVAL));

  @Test
  void whoIsHeardWithinTwoIntervalsIsNeverSuspected() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      FailureDetector detector = new FailureDetector(CONFIG, 0);
      long now = 0;
      for (int i = 0; i < 300; i++) {
        long gap = random.nextLong(2 * INTERVAL);
        assertThat(detector.judge(now + gap, random.nextBoolean()))
            .as("seed %d, beat %d", seed, i)
            .isEqualTo(Suspicion.TRUSTED);
        now += gap;
        detector.heard(now);
      }
    }
  }

  @Test
  void whoFallsSilentIsSuspectedAndDeadWithinTheBound() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      FailureDetector detector = new FailureDetector(CONFIG, 0);
      long now = 0;
      int beats = random.nextInt(300);
      for (int i = 0; i < beats; i++) {
        now += random.nextLong(2 * INTERVAL);
        detector.heard(now);
      }

      // Expected gaps are bounded by two intervals, the start grace by ten.
      long grace = beats == 0 ? 10 * INTERVAL : 0;
      long suspectBy = now + grace + 6 * INTERVAL;
      assertThat(detector.judge(suspectBy, false))
          .as("seed %d", seed)
          .isNotEqualTo(Suspicion.TRUSTED);
      assertThat(detector.judge(now + grace + 20 * INTERVAL, false))
          .as("seed %d", seed)
          .isEqualTo(Suspicion.DEAD);
    }
  }

  @Test
  void suspicionNeverShrinksWithoutASignOfLife() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      FailureDetector detector = new FailureDetector(CONFIG, 0);
      long now = 0;
      Suspicion worst = Suspicion.TRUSTED;
      for (int i = 0; i < 200; i++) {
        now += random.nextLong(INTERVAL);
        switch (random.nextInt(12)) {
          case 0 -> detector.disconnected();
          case 1 -> detector.refusedReconnect();
          case 2 -> {
            detector.heard(now);
            worst = Suspicion.TRUSTED;
          }
          case 3 -> {
            detector.connected(now);
            worst = Suspicion.TRUSTED;
          }
          default -> detector.forgive(now, random.nextLong(INTERVAL));
        }
        Suspicion judged = detector.judge(now, random.nextBoolean());
        assertThat(judged).as("seed %d, step %d", seed, i).isGreaterThanOrEqualTo(worst);
        worst = judged;
      }
    }
  }
}
