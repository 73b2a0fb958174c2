package io.elottery.deploy.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BareRaftTest {
  @Test
  void fiveProcessesReplicateAndAreGoneAfterwards(@TempDir Path directory) throws IOException {
    long before = ProcessHandle.current().children().count();

    try (BareRaft raft = BareRaft.start(directory, 100)) {
      Measured run = raft.run(4, Duration.ofMillis(100), Duration.ofMillis(300));

      assertThat(run.count()).isPositive();
      assertThat(run.refused()).isZero();
      assertThat(run.servers().cpuMicros()).isPositive();
    }

    assertThat(ProcessHandle.current().children().count()).isEqualTo(before);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }
}
