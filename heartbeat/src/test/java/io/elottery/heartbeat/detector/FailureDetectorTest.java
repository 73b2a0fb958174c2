package io.elottery.heartbeat.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FailureDetectorTest {
  private static final long MILLIS = 1_000_000;
  private static final DetectorConfig CONFIG = DetectorConfig.every(Duration.ofMillis(500));

  private final FailureDetector detector = new FailureDetector(CONFIG, 0);
  private long now;

  @Test
  void steadyRhythmIsTrusted() {
    beat(100, 500);

    assertThat(judge()).isEqualTo(Suspicion.TRUSTED);
  }

  @Test
  void silenceOfThreeGapsIsSuspectAndOfTenDead() {
    beat(100, 500);

    pass(1_499);
    assertThat(judge()).isEqualTo(Suspicion.TRUSTED);
    pass(2);
    assertThat(judge()).isEqualTo(Suspicion.SUSPECT);
    pass(3_500);
    assertThat(judge()).isEqualTo(Suspicion.DEAD);
  }

  @Test
  void closedConnectionIsSuspectAtOnceAndRefusedReconnectDead() {
    beat(10, 500);

    detector.disconnected();
    assertThat(judge()).isEqualTo(Suspicion.SUSPECT);
    detector.refusedReconnect();
    assertThat(judge()).isEqualTo(Suspicion.DEAD);
    assertThat(detector.because(now)).isEqualTo("connection closed, reconnect refused");
  }

  @Test
  void refusalWhileConnectedProvesNothing() {
    beat(10, 500);

    detector.refusedReconnect();

    assertThat(judge()).isEqualTo(Suspicion.TRUSTED);
  }

  @Test
  void signOfLifeRestoresTrust() {
    beat(10, 500);
    detector.disconnected();
    detector.refusedReconnect();
    judge();

    detector.connected(now);

    assertThat(judge()).isEqualTo(Suspicion.TRUSTED);
  }

  @Test
  void doubtfulSelfDoesNotAccuseTheSilent() {
    beat(10, 500);
    pass(30_000);

    assertThat(detector.judge(now, true)).isEqualTo(Suspicion.TRUSTED);
    detector.disconnected();
    assertThat(detector.judge(now, true)).isEqualTo(Suspicion.SUSPECT);
  }

  @Test
  void doubtfulSelfDoesNotTakeBackWhatItSaid() {
    beat(10, 500);
    pass(1_600);
    judge();

    assertThat(detector.judge(now, true)).isEqualTo(Suspicion.SUSPECT);
  }

  @Test
  void ownPauseIsForgiven() {
    beat(10, 500);
    pass(4_000);

    detector.forgive(now, 3_900 * MILLIS);

    assertThat(judge()).isEqualTo(Suspicion.TRUSTED);
    assertThat(detector.silence(now)).isLessThan(0.5);
  }

  @Test
  void startingNeighbourHasTime() {
    pass(5_000);
    assertThat(judge()).isEqualTo(Suspicion.TRUSTED);
    pass(1_600);
    assertThat(judge()).isEqualTo(Suspicion.SUSPECT);
  }

  @Test
  void jitteryLinkIsJudgedSlowerButBounded() {
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      pass(200 + random.nextInt(600));
      detector.heard(now);
    }

    pass(1_550);
    assertThat(judge()).isEqualTo(Suspicion.TRUSTED);
    pass(1_500);
    assertThat(judge()).isEqualTo(Suspicion.SUSPECT);
  }

  @Test
  void outageTeachesNoPatience() {
    beat(100, 500);
    pass(600_000);
    detector.heard(now);
    beat(20, 500);

    pass(1_700);

    assertThat(judge()).isEqualTo(Suspicion.SUSPECT);
  }

  private Suspicion judge() {
    return detector.judge(now, false);
  }

  private void beat(int times, long millis) {
    for (int i = 0; i < times; i++) {
      pass(millis);
      detector.heard(now);
      assertThat(judge()).isEqualTo(Suspicion.TRUSTED);
    }
  }

  private void pass(long millis) {
    now += millis * MILLIS;
  }
}
