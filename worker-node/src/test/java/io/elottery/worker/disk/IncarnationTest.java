package io.elottery.worker.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncarnationTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path directory;

  @Test
  void aClockSetBackDoesNotMakeAnEarlierRun() {
    Path file = directory.resolve("run/incarnation");

    long first = Incarnation.next(file, NOON);
    long second = Incarnation.next(file, NOON.minusSeconds(600));
    long third = Incarnation.next(file, NOON.plusSeconds(1));

    assertThat(first).isEqualTo(NOON.toEpochMilli());
    assertThat(second).isEqualTo(first + 1);
    assertThat(third).isEqualTo(NOON.plusSeconds(1).toEpochMilli());
  }

  @Test
  void anUnreadableFileLeavesItToTheClock() throws IOException {
    Path file = Files.writeString(directory.resolve("incarnation"), "nonsense");

    assertThat(Incarnation.next(file, NOON)).isEqualTo(NOON.toEpochMilli());
    assertThat(Files.readString(file)).isEqualTo(NOON.toEpochMilli() + "\n");
  }
}
