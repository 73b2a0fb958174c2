package io.elottery.ledger.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.simulation.SimRandom;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.ledger.store.CheckedStore;
import io.elottery.ledger.store.DurableStore;
import io.elottery.ledger.store.RecordDamaged;
import io.elottery.ledger.store.StoreFailed;
import io.elottery.ledger.store.StoreId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bits that turn over and tails that are torn off, in the real files: they are noticed, or nothing
 * is different; what was not written is never served. More: {@code -Dflips=10000}.
 */
@Tag("it")
final class FlippedBitsIT {
  private static final int FLIPS = Integer.getInteger("flips", 40);
  private static final byte[] FROM = {1};
  private static final byte[] TO = {2};

  private final Path above;
  private final Map<String, String> written = new TreeMap<>();

  FlippedBitsIT(@TempDir Path above) {
    this.above = above;
  }

  @Test
  void whatIsServedIsWhatWasWritten() throws IOException {
    Path sound = above.resolve("sound");
    StoreId id = write(sound);
    List<Path> files = files(sound);
    Map<String, Integer> outcomes = new TreeMap<>();
    for (int seed = 1; seed <= FLIPS; seed++) {
      SimRandom chance = new SimRandom(seed);
      Path file = files.get(chance.nextInt(files.size()));
      byte[] bytes = Files.readAllBytes(file);
      boolean torn = chance.chance(0.2);
      byte[] damaged = torn ? Arrays.copyOf(bytes, chance.nextInt(bytes.length)) : bytes.clone();
      if (!torn) {
        int bit = chance.nextInt(8 * bytes.length);
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
      }
      Path copy = above.resolve("ledger");
      remove(copy);
      Aside.all(copy).forEach(FlippedBitsIT::remove);
      Files.createDirectories(copy);
      for (Path each : files) {
        Files.write(
            copy.resolve(each.getFileName()),
            each.equals(file) ? damaged : Files.readAllBytes(each));
      }
      String outcome = outcome(copy, id);
      assertThat(outcome)
          .as("seed %d, %s of %s", seed, torn ? "torn" : "flipped", file.getFileName())
          .isNotEqualTo("served");
      outcomes.merge(outcome, 1, Integer::sum);
    }
    System.out.println(FLIPS + " damages: " + outcomes);
    assertThat(outcomes).containsKey("put aside at the start");
  }

  private String outcome(Path directory, StoreId id) {
    try (RocksStore store = RocksStore.open(directory, new SecureRandomSource())) {
      if (!store.id().equals(id)) {
        return "put aside at the start";
      }
      CheckedStore checked = new CheckedStore(store);
      try {
        Map<String, String> read = new TreeMap<>();
        checked.scan(FROM, TO, (key, value) -> read.put(hex(key), hex(value)));
        if (!read.equals(written)) {
          return "served";
        }
      } catch (RecordDamaged noticed) {
        return "noticed when read";
      }
      try {
        checked.readBack(FROM, TO, (key, value) -> {});
        checked.readBackFiles();
        return "harmless";
      } catch (RecordDamaged noticed) {
        return "noticed by the scrub";
      }
    } catch (StoreFailed refused) {
      return "refused at the start";
    }
  }

  // Tables, a write-ahead log with several records, deletions; and several openings.
  private StoreId write(Path directory) {
    SimRandom chance = new SimRandom(0);
    StoreId id;
    try (RocksStore store = RocksStore.open(directory, chance)) {
      id = store.id();
      fill(new CheckedStore(store), chance, 0);
      store.readBackFiles();
      fill(new CheckedStore(store), chance, 100);
      store.readBackFiles();
    }
    try (RocksStore store = RocksStore.open(directory, chance)) {
      CheckedStore checked = new CheckedStore(store);
      fill(checked, chance, 200);
      checked.deleteRange(key(50), key(70));
      checked.sync();
      for (int i = 50; i < 70; i++) {
        written.remove(hex(key(i)));
      }
    }
    return id;
  }

  private void fill(DurableStore store, SimRandom chance, int from) {
    for (int i = from; i < from + 100; i++) {
      byte[] value = chance.bytes(20 + chance.nextInt(300));
      store.put(key(i), value);
      written.put(hex(key(i)), hex(value));
      if (i % 7 == 0) {
        store.sync();
      }
    }
    store.sync();
  }

  private static byte[] key(int i) {
    return ByteBuffer.allocate(5).put((byte) 1).putInt(i).array();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(
              file ->
                  !String.valueOf(file.getFileName()).startsWith("LOG")
                      && file.toFile().length() > 0)
          .sorted()
          .toList();
    }
  }

  private static void remove(Path directory) {
    try {
      if (Files.exists(directory)) {
        for (Path file : listed(directory)) {
          Files.delete(file);
        }
        Files.delete(directory);
      }
    } catch (IOException problem) {
      throw new AssertionError(problem);
    }
  }

  private static List<Path> listed(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
