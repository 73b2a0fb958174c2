package io.elottery.controller.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkPlanTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @Test
  void aNeighbourNamedOnOneSideIsOneOnBoth() throws Exception {
    NetworkPlan plan =
        NetworkPlan.load(
            file(
                """
                workers:
                  worker-1: { hemisphere: left, neighbours: [worker-2] }
                  worker-2: { hemisphere: right }
                  worker-3: { hemisphere: right }
                """));

    assertThat(place(plan, "worker-2").neighbours()).containsExactly(NodeId.of("worker-1"));
    assertThat(place(plan, "worker-2").hemisphere()).isEqualTo(Hemisphere.RIGHT);
    assertThat(place(plan, "worker-3").neighbours()).isEmpty();
    assertThat(plan.names()).hasSize(3);
  }

  @Test
  void everythingWrongIsSaidAtOnce() throws Exception {
    Path file =
        file(
            """
            workers:
              worker-1: { hemisphere: middle, neighbours: [worker-9, worker-1] }
              Worker_2: { hemisphere: left, neighbour: [worker-1] }
            """);

    assertThatThrownBy(() -> NetworkPlan.load(file))
        .isInstanceOf(ConfigRefused.class)
        .hasMessageContaining("middle")
        .hasMessageContaining("worker-9")
        .hasMessageContaining("\"worker-1\" is no other worker")
        .hasMessageContaining("Worker_2")
        .hasMessageContaining("did you mean workers.Worker_2.neighbours");
  }

  private static NetworkPlan.Place place(NetworkPlan plan, String worker) {
    NetworkPlan.Place place = plan.workers().get(NodeId.of(worker));
    if (place == null) {
      throw new AssertionError(worker + " has no place");
    }
    return place;
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("network.yaml"), text);
  }
}
