package io.elottery.reports.history;

import static io.elottery.reports.history.Told.W1;
import static io.elottery.reports.history.Told.at;
import static io.elottery.reports.history.Told.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.reports.priority.Priority;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryValuesTest {
  @Test
  void aPercentileIsRightWithinAQuarterOfItsOctave() {
    Spread spread = Spread.NONE;
    for (int i = 1; i <= 1_000; i++) {
      spread = spread.plus(Spread.of(Duration.ofNanos(i * 10_000L)));
    }

    assertThat(spread.count()).isEqualTo(1_000);
    assertThat(spread.meanMicros()).isEqualTo(5_005);
    assertThat(spread.maxMicros()).isEqualTo(10_000);
    assertThat(spread.percentileMicros(0.99)).isBetween(9_900L, 10_000L);
    assertThat(spread.percentileMicros(0.5)).isBetween(5_000L, 6_200L);
  }

  @Test
  void damagedBytesAreRefusedAndNothingElseHappens() {
    HealthRecorder recorder = new HealthRecorder(at(0));
    recorder.observe(report(1, 5, Told.well(100, 7)), at(5));
    byte[] good = recorder.open().toBytes();
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        HealthBucket.parse(bad);
      } catch (MalformedMessage expected) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
    assertThatThrownBy(() -> HealthBucket.parse(new byte[0])).isInstanceOf(MalformedMessage.class);
  }

  @Test
  void aNumberThatDoesNotComeIsMissedOnceAndOneThatComesLateIsNot() {
    ReportNumbers numbers = new ReportNumbers();
    numbers.seen(report(5, 0), at(0));
    numbers.seen(report(9, 1), at(1));
    numbers.seen(report(7, 2), at(2));

    assertThat(numbers.missing(at(5))).isEmpty();
    assertThat(numbers.missing(at(12)))
        .extracting(ReportNumbers.Gap::numbers)
        .containsExactly("6", "8");
    assertThat(numbers.missing(at(100))).isEmpty();
    assertThat(numbers.missed()).isEqualTo(2);
  }

  @Test
  void anotherIncarnationCountsFromOne() {
    ReportNumbers numbers = new ReportNumbers();
    numbers.seen(report(5, 0), at(0));
    numbers.seen(report(W1, 2, 3, 1, Priority.ROUTINE), at(1));
    numbers.seen(report(9, 2), at(2));

    assertThat(numbers.missing(at(20)))
        .singleElement()
        .satisfies(gap -> assertThat(gap.numbers()).isEqualTo("1–2"));
  }

  @Test
  void aFullLogForgetsTheOldestRoutineFirst() {
    ReportLog log = new ReportLog(3);
    log.add(report(W1, 1, 1, 0, Priority.CRITICAL), Told.START);
    for (int number = 2; number <= 6; number++) {
      log.add(report(number, number), Told.START.plusSeconds(number));
    }

    assertThat(log.newest(10, ReportLog.wanting(Optional.empty(), Priority.ROUTINE)))
        .extracting(entry -> entry.report().number())
        .containsExactly(1L, 5L, 6L);
    assertThat(log.after(1, 10, ReportLog.wanting(Optional.of(W1), Priority.ROUTINE))).hasSize(2);
    assertThat(log.newest(10, ReportLog.wanting(Optional.empty(), Priority.WARNING))).hasSize(1);
    assertThat(log.lastAt(Told.START.plusSeconds(5))).isEqualTo(5);
  }
}
