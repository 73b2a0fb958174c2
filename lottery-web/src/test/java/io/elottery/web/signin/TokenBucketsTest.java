package io.elottery.web.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.time.Time;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TokenBucketsTest {
  private long nanos;
  private final TokenBuckets buckets =
      new TokenBuckets(
          new Time() {
            @Override
            public Instant now() {
              return Instant.EPOCH;
            }

            @Override
            public long nanos() {
              return nanos;
            }
          },
          3,
          Duration.ofSeconds(30));

  @Test
  void triesRunOutAndComeBackEvenly() {
    for (int i = 0; i < 3; i++) {
      assertThat(buckets.take("TORC0001")).isEmpty();
    }
    assertThat(buckets.take("TORC0001")).contains(Duration.ofSeconds(10));

    nanos += Duration.ofSeconds(10).toNanos();

    assertThat(buckets.take("TORC0001")).isEmpty();
    assertThat(buckets.take("TORC0001")).isPresent();
  }

  @Test
  void oneKeyDoesNotUseUpAnothers() {
    for (int i = 0; i < 5; i++) {
      assertThat(buckets.take("TORC0001").isPresent()).isEqualTo(i >= 3);
    }
    assertThat(buckets.take("TORC0002")).isEmpty();
  }

  @Test
  void aLongPauseGivesNoMoreThanTheCapacity() {
    nanos += Duration.ofDays(1).toNanos();
    for (int i = 0; i < 3; i++) {
      assertThat(buckets.take("TORC0001")).isEmpty();
    }
    assertThat(buckets.take("TORC0001")).isPresent();
  }

  @Test
  void aFloodOfKeysIsBounded() {
    for (int i = 0; i < TokenBuckets.KEYS_MAX + 10; i++) {
      assertThat(buckets.take("key-" + i)).isEmpty();
    }
    assertThat(buckets.take("key-1")).isEmpty();
  }
}
