package io.elottery.worker.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.reports.order.Lead;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.worker.disk.Disk;
import io.elottery.worker.disk.FenceFile;
import io.elottery.worker.disk.RosterFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RosterDeskTest {
  private static final NodeId SELF = NodeId.of("worker-1");
  private static final NodeId MAIN = NodeId.of("main-1");

  private final Disk disk = new Disk("test");

  // Before the temporary directory is deleted: what the desk still writes lands first.
  @AfterEach
  void stop() {
    disk.close();
  }

  @Test
  void newerRosterIsTakenAndKept(@TempDir Path directory) {
    Path file = directory.resolve("deep/roster.bin");
    RosterDesk desk = new RosterDesk(SELF, new RosterFile(file), fences(directory), disk);

    hear(desk, roster(3, 1), Role.MAIN);
    hear(desk, roster(3, 2), Role.MAIN);
    disk.close();

    assertThat(desk.current()).isEqualTo(roster(3, 2));
    assertThat(desk.hemisphere()).contains(Hemisphere.RIGHT);
    assertThat(desk.leader(Hemisphere.LEFT)).contains(MAIN);
    RosterDesk again = new RosterDesk(SELF, new RosterFile(file), fences(directory), disk);
    assertThat(again.current()).isEqualTo(roster(3, 2));
    assertThat(again.highestFence()).isEqualTo(3);
    assertThat(again.leader(Hemisphere.LEFT)).contains(MAIN);
  }

  @Test
  void olderFenceIsRefusedForGood(@TempDir Path directory) {
    RosterDesk desk = desk(directory);
    hear(desk, roster(5, 1), Role.MAIN);

    hear(desk, roster(4, 9), Role.MAIN);

    assertThat(desk.current()).isEqualTo(roster(5, 1));
    assertThat(desk.admits(Hemisphere.LEFT, 4)).isFalse();
  }

  @Test
  void leadRaisesTheFenceBeforeAnyRoster(@TempDir Path directory) {
    RosterDesk desk = desk(directory);

    hear(desk, new Lead(Hemisphere.LEFT, MAIN, 8).envelope(), Role.MAIN);
    hear(desk, roster(7, 1), Role.MAIN);

    assertThat(desk.current()).isEqualTo(Roster.EMPTY);
    assertThat(desk.leader(Hemisphere.LEFT)).contains(MAIN);
    assertThat(desk.highestFence()).isEqualTo(8);
  }

  @Test
  void onlyMainsAreListenedTo(@TempDir Path directory) {
    RosterDesk desk = desk(directory);

    hear(desk, roster(3, 1), Role.GATEWAY);
    hear(desk, new Lead(Hemisphere.LEFT, MAIN, 8).envelope(), Role.WORKER);

    assertThat(desk.current()).isEqualTo(Roster.EMPTY);
    assertThat(desk.highestFence()).isZero();
  }

  @Test
  void brokenFileIsAsGoodAsNone(@TempDir Path directory) throws Exception {
    Files.write(directory.resolve("roster.bin"), new byte[] {1, 2, 3});

    assertThat(desk(directory).current()).isEqualTo(Roster.EMPTY);
  }

  @Test
  void aFlippedBitIsFoundAtTheStartAndTheRosterTakenAnew(@TempDir Path directory) throws Exception {
    RosterDesk desk = desk(directory);
    hear(desk, roster(3, 2), Role.MAIN);
    disk.close();
    Path file = directory.resolve("roster.bin");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);

    RosterDesk again = desk(directory);

    assertThat(again.current()).isEqualTo(Roster.EMPTY);
    assertThat(again.highestFence()).as("fences are kept beside it").isEqualTo(3);
    hear(again, roster(3, 2), Role.MAIN);
    assertThat(again.current()).isEqualTo(roster(3, 2));
  }

  private RosterDesk desk(Path directory) {
    return new RosterDesk(
        SELF, new RosterFile(directory.resolve("roster.bin")), fences(directory), disk);
  }

  private FenceDesk fences(Path directory) {
    return new FenceDesk(new FenceFile(directory.resolve("fences")), disk, Runnable::run);
  }

  private static void hear(RosterDesk desk, Roster roster, Role role) {
    hear(desk, roster.envelope(), role);
  }

  private static void hear(RosterDesk desk, Envelope envelope, Role role) {
    NodeLoop loop = new NodeLoop("test", new SystemTime(), 10, (where, problem) -> {});
    Switchboard board = new Switchboard(0, (to, sent) -> false, loop);
    desk.serve(board);
    board.received(new Peer(MAIN, role), envelope);
  }

  private static Roster roster(long fence, long version) {
    return new Roster(
        fence,
        version,
        List.of(),
        List.of(new Lead(Hemisphere.LEFT, MAIN, fence)),
        List.of(
            new RosterWorker(
                SELF, Hemisphere.RIGHT, Optional.empty(), Optional.empty(), List.of())),
        List.of(),
        new byte[0],
        List.of());
  }
}
