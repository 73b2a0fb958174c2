package io.elottery.controller.schedule.quartz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QuartzRotationClockTest {
  @Test
  void itSaysAgainAndAgainThatKeysAreToBeLookedAtUntilItEnds() throws Exception {
    QuartzRotationClock clock = new QuartzRotationClock(Duration.ofMillis(20));
    CountDownLatch said = new CountDownLatch(3);

    clock.begin(said::countDown);

    assertThat(said.await(20, TimeUnit.SECONDS)).isTrue();
    clock.end();
    clock.end();
  }
}
