package io.elottery.reports.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.report.NeighbourReport;
import io.elottery.reports.report.NeighbourReport.Trust;
import io.elottery.reports.trouble.Surroundings.Loss;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossesTest {
  private static final NodeId ONE = NodeId.of("worker-1");
  private static final NodeId TWO = NodeId.of("worker-2");
  private final Losses losses = new Losses();

  @Test
  void aLinkThatLosesEachFifthImpulseIsLossyUntilTheMinuteIsOver() {
    for (int i = 0; i <= 6; i++) {
      report(i, 8L * i, 2L * i);
    }
    assertThat(losses.lately()).isEqualTo(Map.of("worker-1,worker-2", new Loss(12, 60, 30)));

    for (int i = 7; i <= 19; i++) {
      report(i, 48 + 10L * (i - 6), 12);
    }
    assertThat(losses.lately()).isEmpty();
  }

  @Test
  void whatWasLostLongAgoAndAFewLostAreNothing() {
    report(0, 1_000, 900);
    report(1, 1_010, 902);

    assertThat(losses.lately()).isEmpty();
  }

  private void report(int number, long heard, long lost) {
    NeighbourReport said =
        new NeighbourReport(
            TWO,
            1,
            heard,
            lost,
            Duration.ZERO,
            0,
            Trust.TRUSTED,
            Scene.THEN,
            true,
            false,
            true,
            true);
    losses.observe(
        Scene.report(ONE, number + 1, List.of(said)), Scene.NOW.plusSeconds(5L * number));
  }
}
