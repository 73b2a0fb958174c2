package io.elottery.reports.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import io.elottery.reports.view.NetworkView;
import io.elottery.reports.view.WorkerView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LargeNetworkTest {
  private static final int WORKERS = 5_000;

  @Test
  void halfOfFiveThousandAtOnceIsOneCauseFoundInAMoment() {
    List<WorkerView> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      boolean away = i % 2 == 0;
      workers.add(
          new WorkerView(
              new Judgement(
                  NodeId.of("worker-" + i),
                  i % 3 == 0 ? Hemisphere.LEFT : Hemisphere.RIGHT,
                  away ? Verdict.DOWN : Verdict.UP,
                  Scene.THEN,
                  Optional.empty(),
                  List.of()),
              new Location(away ? "east" : "west", ""),
              List.of()));
    }
    NetworkView view = new NetworkView(List.of(), workers, List.of());

    long began = System.nanoTime();
    List<Trouble> troubles = Troubles.of(Picture.of(Scene.NOW, view, List.of()));

    // A quadratic look takes many times as long.
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    assertThat(troubles.get(0).key()).isEqualTo("DATACENTRE_AWAY:data centre east");
    assertThat(troubles).hasSize(1 + WORKERS / 2);
    assertThat(troubles.stream().filter(each -> each.cause().isEmpty())).hasSize(1);
  }
}
