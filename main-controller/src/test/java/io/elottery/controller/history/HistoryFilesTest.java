package io.elottery.controller.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.history.HealthBucket;
import io.elottery.reports.history.Resolution;
import io.elottery.reports.history.ServerHealth;
import io.elottery.reports.history.VerdictTimes;
import io.elottery.reports.verdict.Verdict;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFilesTest {
  static final Instant START = Instant.parse("2026-11-21T11:00:00Z");
  static final NodeId WORKER = NodeId.of("worker-1");

  private final Path dir;

  HistoryFilesTest(@TempDir Path dir) {
    this.dir = dir;
  }

  static HealthBucket minute(long number, long upMillis) {
    TreeMap<NodeId, ServerHealth> servers = new TreeMap<>();
    servers.put(WORKER, ServerHealth.judged(VerdictTimes.of(Verdict.UP, upMillis)));
    return new HealthBucket(
        Resolution.MINUTE,
        START.plus(Duration.ofMinutes(number)),
        upMillis,
        servers,
        new TreeMap<>());
  }

  private HistoryFiles files() {
    return new HistoryFiles(dir, 1 << 20);
  }

  private static List<Long> up(HistoryFiles files) throws IOException {
    List<Long> millis = new ArrayList<>();
    files.read(
        Resolution.MINUTE,
        START,
        START,
        START.plus(Duration.ofHours(1)),
        bucket ->
            millis.add(
                bucket
                    .servers()
                    .getOrDefault(WORKER, ServerHealth.NONE)
                    .verdicts()
                    .millis(Verdict.UP)));
    return millis;
  }

  @Test
  void whatWasWrittenIsReadInOrderAndTheLastWithAStartCounts() throws IOException {
    HistoryFiles files = files();
    files.append(List.of(minute(1, 10), minute(0, 20)));
    files.append(List.of(minute(1, 30)));

    assertThat(up(files())).containsExactly(20L, 30L);
    assertThat(up(files)).containsExactly(20L, 30L);
  }

  @Test
  void aTornEndIsCutOffAndTheNextFollowsWhatIsWhole() throws IOException {
    files().append(List.of(minute(0, 10), minute(1, 20)));
    Path file = only();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(file) - 3);
    }

    HistoryFiles again = files();
    assertThat(up(again)).containsExactly(10L);
    assertThat(again.damaged()).isEqualTo(1);
    again.append(List.of(minute(2, 30)));
    assertThat(up(files())).containsExactly(10L, 30L);
  }

  @Test
  void anyFlippedBitCostsAtMostOneBucket() throws IOException {
    files().append(List.of(minute(0, 1), minute(1, 2), minute(2, 3)));
    byte[] good = Files.readAllBytes(only());
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(only(), bad);

      HistoryFiles files = files();
      assertThat(up(files)).as("flip %s", i).hasSize(2);
      assertThat(files.damaged()).isEqualTo(1);
    }
  }

  @Test
  void aDirectoryThatTakesNothingFailsAndHarmsNothing() throws IOException {
    Path blocked = dir.resolve("file");
    Files.write(blocked, new byte[1]);

    assertThatThrownBy(() -> new HistoryFiles(blocked, 1 << 20).append(List.of(minute(0, 1))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whatIsTooOldOrTooMuchIsDeletedTheFinestAndOldestFirst() throws IOException {
    HistoryFiles files = new HistoryFiles(dir, 300);
    for (int hour = 0; hour < 40; hour += 10) {
      files.append(List.of(minute(hour * 60L, 1)));
    }
    files.append(
        List.of(
            new HealthBucket(Resolution.HOUR, START, 3_600_000, new TreeMap<>(), new TreeMap<>())));

    files.forget(START.plus(Duration.ofHours(39)));
    assertThat(names())
        .containsExactly("1h-2026112100.buckets", "1m-2026112207.buckets", "1m-2026112217.buckets");

    HistoryFiles small = new HistoryFiles(dir, 90);
    small.forget(START.plus(Duration.ofHours(39)));
    assertThat(names()).containsExactly("1h-2026112100.buckets", "1m-2026112217.buckets");
  }

  @Test
  void tenMinutesAndHoursAreMadeOfWhatIsThereAndAgainWhenMoreComes() throws IOException {
    HistoryDisk disk = new HistoryDisk(files());
    List<HealthBucket> some = new ArrayList<>();
    for (int i = 0; i < 55; i++) {
      some.add(minute(i, 60_000));
    }
    disk.record(some, START.plus(Duration.ofMinutes(60)));
    assertThat(hourUp(disk)).isEqualTo(55 * 60_000);

    // Another main knows the rest, and less of the rest.
    disk.complete(List.of(minute(55, 60_000), minute(3, 1)));
    disk.rollUpAll(START.plus(Duration.ofMinutes(60)));
    assertThat(hourUp(disk)).isEqualTo(56 * 60_000);
  }

  @Test
  void aPageEndsWhereItSaysAndGoesOnThere() throws Exception {
    HistoryDisk disk = new HistoryDisk(files());
    for (int hour = 0; hour < 12; hour++) {
      List<HealthBucket> minutes = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        minutes.add(minute(hour * 60L + i, 60_000));
      }
      disk.complete(minutes);
    }
    Instant end = START.plus(Duration.ofHours(12));
    HistoryPage first =
        disk.page(new HistoryAsk(Resolution.MINUTE, START.minusSeconds(3_600), end), end);
    HistoryPage parsed = HistoryPage.parse(first.envelope().body());
    HistoryPage second = disk.page(new HistoryAsk(Resolution.MINUTE, parsed.next(), end), end);

    assertThat(parsed).isEqualTo(first);
    assertThat(first.buckets()).hasSize(HistoryPage.BUCKETS_MAX);
    assertThat(first.buckets().size() + second.buckets().size()).isEqualTo(720);
    assertThat(second.next()).isEqualTo(end);
  }

  private static long hourUp(HistoryDisk disk) throws IOException {
    List<Long> up = new ArrayList<>();
    disk.read(
        Resolution.HOUR,
        START,
        START.plusSeconds(1),
        bucket ->
            up.add(
                bucket
                    .servers()
                    .getOrDefault(WORKER, ServerHealth.NONE)
                    .verdicts()
                    .millis(Verdict.UP)));
    return up.get(0);
  }

  private Path only() throws IOException {
    return dir.resolve(names().get(0));
  }

  private List<String> names() throws IOException {
    try (var all = Files.list(dir)) {
      return all.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
