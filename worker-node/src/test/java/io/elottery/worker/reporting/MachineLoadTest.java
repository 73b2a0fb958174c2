package io.elottery.worker.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elottery.worker.disk.Disk;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineLoadTest {
  private final Disk here = Disk.on(Runnable::run);

  @Test
  void theProcessorIsKnownOnceMeasuredTwice(@TempDir Path directory) {
    MachineLoad load = new MachineLoad(directory, here);

    load.measure();
    assertThat(load.last().processor()).isNegative();
    assertThat(load.permille()).isZero();

    await()
        .untilAsserted(
            () -> {
              load.measure();
              assertThat(load.last().processor()).isBetween(0.0, 1.0);
            });
    assertThat(load.last().heapUsedBytes()).isBetween(1L, load.last().heapMaxBytes());
    assertThat(load.last().diskFreeBytes()).isBetween(1L, directory.toFile().getTotalSpace());
  }

  @Test
  void whatIsFreeOnADiskThatIsNotThereIsNotKnown(@TempDir Path directory) {
    MachineLoad load = new MachineLoad(directory.resolve("gone"), here);

    load.measure();

    assertThat(load.last().diskFreeBytes()).isZero();
    assertThat(load.last().heapMaxBytes()).isPositive();
  }
}
