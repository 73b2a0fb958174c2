package io.elottery.worker.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.worker.disk.Disk;
import io.elottery.worker.disk.FenceFile;
import io.elottery.worker.disk.FenceStore;
import io.elottery.worker.roster.FenceDesk.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FenceDeskTest {
  private final Deque<Runnable> disk = new ArrayDeque<>();
  private final Map<Hemisphere, Long> written = new EnumMap<>(Hemisphere.class);
  private boolean full;
  private final List<String> outcomes = new ArrayList<>();

  @Test
  void nothingIsDoneUnderANewFenceBeforeTheDiskHasIt() {
    FenceDesk desk = desk();

    check(desk, Hemisphere.LEFT, 5);
    assertThat(outcomes).isEmpty();
    runDisk();

    assertThat(outcomes).containsExactly("LEFT 5 ADMITTED");
    check(desk, Hemisphere.LEFT, 5);
    assertThat(outcomes).hasSize(2);
    assertThat(written).containsEntry(Hemisphere.LEFT, 5L);
  }

  @Test
  void anOlderFenceIsRefusedAlsoAfterARestart() {
    FenceDesk desk = desk();
    desk.admits(Hemisphere.RIGHT, 9);
    runDisk();

    FenceDesk again = desk();
    check(again, Hemisphere.RIGHT, 8);
    check(again, Hemisphere.RIGHT, 9);
    check(again, Hemisphere.LEFT, 1);
    runDisk();

    assertThat(outcomes)
        .containsExactly("RIGHT 8 OLD_FENCE", "RIGHT 9 ADMITTED", "LEFT 1 ADMITTED");
    assertThat(again.refused()).isEqualTo(1);
    assertThat(again.highest()).isEqualTo(9);
  }

  @Test
  void whatWaitsForTheDiskIsRefusedWhenANewerFenceComesMeanwhile() {
    FenceDesk desk = desk();
    check(desk, Hemisphere.LEFT, 5);

    check(desk, Hemisphere.LEFT, 6);
    runDisk();

    assertThat(outcomes).containsExactly("LEFT 5 OLD_FENCE", "LEFT 6 ADMITTED");
  }

  @Test
  void nothingIsDoneUnderAFenceTheDiskDoesNotTake() {
    full = true;
    FenceDesk desk = desk();

    check(desk, Hemisphere.LEFT, 5);
    runDisk();
    assertThat(outcomes).containsExactly("LEFT 5 NOT_KEPT");
    full = false;
    check(desk, Hemisphere.LEFT, 5);
    runDisk();

    assertThat(outcomes).containsExactly("LEFT 5 NOT_KEPT", "LEFT 5 ADMITTED");
  }

  @Test
  void theFileGivesBackWhatWasWritten(@TempDir Path directory) throws IOException {
    FenceFile file = new FenceFile(directory.resolve("deep/fences"));
    assertThat(file.read()).isEmpty();

    file.write(Map.of(Hemisphere.LEFT, 12L, Hemisphere.RIGHT, 7L));

    assertThat(file.read())
        .containsExactlyEntriesOf(
            new EnumMap<>(Map.of(Hemisphere.LEFT, 12L, Hemisphere.RIGHT, 7L)));
  }

  @Test
  void aFlippedBitIsFound(@TempDir Path directory) throws IOException {
    Path path = directory.resolve("fences");
    FenceFile file = new FenceFile(path);
    file.write(Map.of(Hemisphere.LEFT, 12L));
    byte[] bytes = Files.readAllBytes(path);
    bytes["LEFT 1".length()] ^= 1;
    Files.write(path, bytes);

    assertThat(file.read()).isEmpty();
  }

  private void check(FenceDesk desk, Hemisphere half, long fence) {
    desk.check(half, fence, "a test", (Answer it) -> outcomes.add(half + " " + fence + " " + it));
  }

  private void runDisk() {
    while (!disk.isEmpty()) {
      disk.remove().run();
    }
  }

  private FenceDesk desk() {
    return new FenceDesk(
        new FenceStore() {
          @Override
          public Map<Hemisphere, Long> read() {
            return new EnumMap<>(written);
          }

          @Override
          public void write(Map<Hemisphere, Long> fences) throws IOException {
            if (full) {
              throw new IOException("no space left");
            }
            written.putAll(fences);
          }
        },
        Disk.on(disk::add),
        Runnable::run);
  }
}
