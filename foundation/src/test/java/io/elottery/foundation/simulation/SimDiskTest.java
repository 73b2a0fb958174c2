package io.elottery.foundation.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.Role;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimDiskTest {
  private static final DiskFaults LOSES_ALL = new DiskFaults(0, 0, Duration.ZERO);
  private static final DiskFaults KEEPS_SOME = new DiskFaults(1, 0, Duration.ZERO);
  private static final DiskFaults LIES = new DiskFaults(0, 1, Duration.ZERO);

  private static SimNode node(long seed) {
    SimNode node = new SimWorld(seed).node("worker-1", Role.WORKER, self -> {});
    node.start();
    return node;
  }

  private static byte[] key(int number) {
    return new byte[] {(byte) number};
  }

  private static int entriesAfterCrash(SimNode node, SimDisk disk) {
    node.crash();
    node.start();
    return disk.all().size();
  }

  @Test
  void syncedWritesSurviveAndOthersAreLost() throws IOException {
    SimNode node = node(1);
    SimDisk disk = node.disk("d").behave(LOSES_ALL);
    disk.put(key(1), key(10));
    disk.sync();
    disk.put(key(2), key(20));

    assertThat(disk.get(key(2))).isPresent();
    assertThat(entriesAfterCrash(node, disk)).isEqualTo(1);
    assertThat(disk.get(key(1))).hasValue(key(10));
  }

  @Test
  void batchIsLostOrKeptWhole() {
    for (long seed = 1; seed <= 50; seed++) {
      SimNode node = node(seed);
      SimDisk disk = node.disk("d").behave(KEEPS_SOME);
      for (int i = 0; i < 20; i += 2) {
        disk.write(new SimDisk.Batch().put(key(i), key(i)).put(key(i + 1), key(i)));
      }

      int left = entriesAfterCrash(node, disk);

      assertThat(left % 2).isZero();
      for (int i = 0; i < left; i++) {
        assertThat(disk.get(key(i))).as("seed %d keeps a first part", seed).isPresent();
      }
    }
  }

  @Test
  void lyingDiskLosesWhatItSaidWasSynced() throws IOException {
    SimNode node = node(1);
    SimDisk disk = node.disk("d").behave(LIES);
    disk.put(key(1), key(10));
    disk.sync();

    assertThat(entriesAfterCrash(node, disk)).isZero();
  }

  @Test
  void rangesAreOfUnsignedBytes() {
    SimNode node = node(1);
    SimDisk disk = node.disk("d");
    disk.put(key(0x7f), key(1));
    disk.put(key(0x80), key(2));
    disk.put(key(0xff), key(3));

    assertThat(disk.range(key(0x7f), key(0xff)).values()).containsExactly(key(1), key(2));
    disk.write(new SimDisk.Batch().deleteRange(key(0x80), key(0xff)));
    assertThat(disk.all().values()).containsExactly(key(1), key(3));
  }

  @Test
  void crashInsideASyncLeavesNothingOrAll() {
    SimNode before = node(1);
    SimDisk lost = before.disk("d").behave(LOSES_ALL);
    lost.put(key(1), key(1));
    lost.crashAtNextSync(SimDisk.CrashPoint.BEFORE_SYNC);
    assertThatThrownBy(lost::sync).isInstanceOf(SimCrash.class);
    before.start();
    assertThat(lost.all()).isEmpty();

    SimNode after = node(1);
    SimDisk kept = after.disk("d").behave(LOSES_ALL);
    kept.put(key(1), key(1));
    kept.crashAtNextSync(SimDisk.CrashPoint.AFTER_SYNC);
    assertThatThrownBy(kept::sync).isInstanceOf(SimCrash.class);
    after.start();
    assertThat(kept.all()).hasSize(1);
  }

  @Test
  void crashedServerCannotTouchItsDisk() {
    SimNode node = node(1);
    SimDisk disk = node.disk("d");
    node.crash();

    assertThatThrownBy(() -> disk.put(key(1), key(1))).isInstanceOf(SimCrash.class);
  }

  @Test
  void failingSyncSaysSo() {
    SimDisk disk = node(1).disk("d");
    disk.failSyncs(true);

    assertThatThrownBy(disk::sync).isInstanceOf(IOException.class);
  }

  @Test
  void imageTurnsTheDiskBack() throws IOException {
    SimNode node = node(1);
    SimDisk disk = node.disk("d");
    disk.put(key(1), key(1));
    disk.sync();
    SimDisk.Image image = disk.image();
    disk.put(key(2), key(2));
    disk.sync();
    node.crash();

    disk.restore(image);
    node.start();

    assertThat(disk.all()).hasSize(1);
  }
}
