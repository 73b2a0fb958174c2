package io.elottery.ledger.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.ledger.store.Standing;
import io.elottery.ledger.store.StoreFailed;
import io.elottery.ledger.store.StoreHeader;
import io.elottery.ledger.store.StoreId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** The store on a real disk, also killed between two syncs. */
final class RocksStoreIT {
  private final Path directory;

  RocksStoreIT(@TempDir Path above) throws IOException {
    this.directory = Files.createDirectory(above.resolve("ledger"));
  }

  /** Another process: syncs two keys, writes a third and a deletion, and dies at once. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] args) {
      RocksStore store = open(Path.of(args[0]));
      store.put(bytes("a"), bytes("1"));
      store.put(bytes("b"), bytes("2"));
      store.sync();
      store.put(bytes("c"), bytes("3"));
      store.deleteRange(bytes("a"), bytes("b"));
      Runtime.getRuntime().halt(137);
    }
  }

  @Test
  void killedBetweenTwoSyncsItKeepsAllOfTheFirstAndNothingElse() throws Exception {
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Killed.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(killed.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(killed.waitFor()).as(said).isEqualTo(137);

    try (RocksStore store = open(directory)) {
      assertThat(all(store)).containsExactly("a=1", "b=2");
    }
  }

  @Test
  void scansInOrderWithinItsBounds() {
    try (RocksStore store = open(directory)) {
      for (String key : List.of("d", "b", "a", "c", "\u00ff")) {
        store.put(bytes(key), bytes("x"));
      }
      store.deleteRange(bytes("c"), bytes("d"));

      List<String> seen = new ArrayList<>();
      store.scan(bytes("b"), bytes("e"), (key, value) -> seen.add(text(key)));

      assertThat(seen).containsExactly("b", "d");
      assertThat(store.get(bytes("c"))).isEmpty();
    }
  }

  @Test
  void keepsItsNameAndAnEmptiedDirectoryGetsAnother() throws IOException {
    StoreId first = idOf(directory);
    assertThat(idOf(directory)).isEqualTo(first);

    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }

    assertThat(idOf(directory)).isNotEqualTo(first);
  }

  @Test
  void secondProcessOnTheSameDirectoryIsRefused() {
    try (RocksStore store = open(directory)) {
      assertThat(store.id()).isNotNull();
      assertThatThrownBy(() -> open(directory).close())
          .isInstanceOf(StoreFailed.class)
          .hasMessageContaining(directory.toString());
    }
  }

  @Test
  void aStoreOfAnotherFormatIsRefused() throws Exception {
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB other = RocksDB.open(options, directory.toString())) {
      other.put(StoreHeader.key(), bytes("elottery/ledger/v9\n0123456789abcdef"));
    }

    assertThatThrownBy(() -> open(directory))
        .isInstanceOf(StoreFailed.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("another format");
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("a-file"), "not a directory");

    assertThatThrownBy(() -> open(file.resolve("store")))
        .isInstanceOf(StoreFailed.class)
        .hasMessageContaining(file.resolve("store").toString());
  }

  @Test
  void recordTornBeforeItsSyncIsCutOff() throws IOException {
    try (RocksStore store = open(directory)) {
      store.put(bytes("a"), bytes("1"));
      store.sync();
    }
    Path mark = directory.resolve("mark");
    byte[] before = Files.readAllBytes(mark);
    try (RocksStore store = open(directory)) {
      store.put(bytes("b"), bytes("2".repeat(100)));
      store.sync();
    }
    // As if the power had gone before the sync came back.
    Files.write(mark, before);

    cutLog(50);

    try (RocksStore store = open(directory)) {
      assertThat(all(store)).containsExactly("a=1");
    }
    assertThat(Aside.all(directory)).isEmpty();
  }

  @Test
  void recordTornAfterItsSyncPutsTheStoreAside() throws IOException {
    StoreId before;
    try (RocksStore store = open(directory)) {
      before = store.id();
      store.put(bytes("a"), bytes("1"));
      store.sync();
      store.put(bytes("b"), bytes("2".repeat(100)));
      store.sync();
    }

    cutLog(50);

    try (RocksStore store = open(directory)) {
      assertThat(all(store)).isEmpty();
      assertThat(store.id()).isNotEqualTo(before);
    }
    assertThat(Aside.all(directory)).hasSize(1);
  }

  @Test
  void itCountsItsBootsAndSyncs() {
    try (RocksStore store = open(directory)) {
      assertThat(store.standing())
          .isEqualTo(new Standing(store.id(), 1, store.standing().life(), 0, 0));
      for (int i = 1; i <= 3; i++) {
        store.put(bytes("a"), bytes("" + i));
        store.sync();
      }
      assertThat(store.standing().mark()).isEqualTo(3);
    }

    try (RocksStore store = open(directory)) {
      assertThat(store.standing())
          .isEqualTo(new Standing(store.id(), 2, store.standing().life(), 3, 3));
    }
  }

  private void cutLog(int bytes) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      Path log =
          files.filter(file -> file.toString().endsWith(".log")).max(Path::compareTo).orElseThrow();
      try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
        file.setLength(file.length() - bytes);
      }
    }
  }

  private static StoreId idOf(Path directory) {
    try (RocksStore store = open(directory)) {
      return store.id();
    }
  }

  private static List<String> all(RocksStore store) {
    List<String> all = new ArrayList<>();
    store.scan(bytes("a"), bytes("z"), (key, value) -> all.add(text(key) + "=" + text(value)));
    return all;
  }

  private static RocksStore open(Path directory) {
    return RocksStore.open(directory, new SecureRandomSource());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
