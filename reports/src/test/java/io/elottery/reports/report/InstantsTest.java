package io.elottery.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InstantsTest {
  @Test
  void anyTimeIsReadAsItWasWritten() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      int[] steps = {0, 1_000_000, 1_000, 1};
      int step = steps[random.nextInt(4)];
      int nanos = step == 0 ? 0 : random.nextInt(1_000_000_000) / step * step;
      Instant time =
          Instant.ofEpochSecond(random.nextLong(-62_135_596_800L, 253_402_300_799L), nanos);

      assertThat(Instants.parse(time.toString())).isEqualTo(time);
      assertThat(Instants.text(time)).isEqualTo(time.toString());
    }
  }

  @Test
  void whatIsNoTimeIsRefused() {
    for (String text :
        new String[] {
          "",
          "Z",
          "2026-02-30T00:00:00Z",
          "2026-01-01T25:00:00Z",
          "2026-01-01T00:00:00.1234567890Z",
          "2026-01-01T00:00:00.12x4Z",
          "2026-01-01 00:00:00Z",
          "2026-01-01T00:00:00"
        }) {
      assertThatThrownBy(() -> Instants.parse(text)).as(text).isInstanceOf(DateTimeException.class);
    }
  }
}
