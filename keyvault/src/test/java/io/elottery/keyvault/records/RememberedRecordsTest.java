package io.elottery.keyvault.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.time.Time;
import io.elottery.keyvault.records.RecordTampered.How;
import io.elottery.keyvault.vault.Compartment;
import io.elottery.keyvault.vault.CutVault;
import io.elottery.keyvault.vault.SealedCheck;
import io.elottery.keyvault.vault.SealedRecords;
import io.elottery.keyvault.vault.SealedStore;
import io.elottery.keyvault.vault.Vault;
import io.elottery.keyvault.vault.VaultKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RememberedRecordsTest {
  private static final String NAME = "receipt-key.7";

  private final RandomSource random = new SecureRandomSource();
  private final Time time = new SystemTime();
  private final VaultKeys keys = CutVault.openForNow(random);
  private final Place place = new Place();
  private final List<RecordTampered> told = new ArrayList<>();
  private final Path file;
  private boolean leads = true;

  RememberedRecordsTest(@TempDir Path directory) {
    file = directory.resolve("main/records.memory");
  }

  /** ZooKeeper in the hands of somebody else. */
  private static final class Place implements SealedRecords {
    final TreeMap<String, byte[]> values = new TreeMap<>();
    boolean away;

    byte[] lying() {
      return Optional.ofNullable(values.get(NAME)).orElseThrow();
    }

    @Override
    public CompletableFuture<Optional<byte[]>> read(String name) {
      return away
          ? CompletableFuture.failedFuture(new IllegalStateException("away"))
          : CompletableFuture.completedFuture(Optional.ofNullable(values.get(name)));
    }

    @Override
    public CompletableFuture<Boolean> create(String name, byte[] bytes) {
      return CompletableFuture.completedFuture(values.putIfAbsent(name, bytes) == null);
    }

    @Override
    public CompletableFuture<Void> write(String name, byte[] bytes) {
      values.put(name, bytes);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<List<String>> names(String prefix) {
      return CompletableFuture.completedFuture(
          values.keySet().stream().filter(name -> name.startsWith(prefix)).toList());
    }
  }

  @Test
  void rolledBackRecordIsNamedAndRepaired() {
    SealedStore store = store();
    store.write(NAME, new byte[] {1}).join();
    byte[] old = place.lying();
    store.write(NAME, new byte[] {2}).join();
    byte[] now = place.lying();

    place.values.put(NAME, old);

    assertThat(store.open(NAME).join().orElseThrow()).containsExactly(2);
    assertThat(told)
        .containsExactly(new RecordTampered("sealed", NAME, How.ROLLED_BACK, 2, 1, true));
    assertThat(told.get(0).words())
        .isEqualTo(
            "sealed/receipt-key.7 was rolled back from version 2 to 1;"
                + " the remembered copy was written back");
    assertThat(place.lying()).isEqualTo(now);
  }

  @Test
  void alteredAndRemovedRecordsAreNamedAndRepaired() {
    SealedStore store = store();
    store.write(NAME, new byte[] {1}).join();
    byte[] good = place.lying();
    for (int i = 0; i < good.length; i++) {
      byte[] altered = good.clone();
      altered[i] ^= 1;
      place.values.put(NAME, altered);
      assertThat(store.open(NAME).join().orElseThrow()).as("byte %d", i).containsExactly(1);
      assertThat(place.lying()).isEqualTo(good);
    }
    assertThat(told).hasSize(good.length);

    place.values.remove(NAME);

    assertThat(store.open(NAME).join().orElseThrow()).containsExactly(1);
    assertThat(told.get(good.length).how()).isEqualTo(How.REMOVED);
    assertThat(place.lying()).isEqualTo(good);
  }

  @Test
  void otherMainUsesItsCopyNamesItOnceAndLeavesTheRepairToTheLeader() {
    RememberedRecords records = records(RecordMemory.open(file, Runnable::run));
    SealedStore store = new Vault(keys, records, random, time).store();
    store.write(NAME, new byte[] {1}).join();
    leads = false;

    place.values.remove(NAME);

    for (int i = 0; i < 3; i++) {
      assertThat(store.open(NAME).join().orElseThrow()).containsExactly(1);
    }
    assertThat(told).containsExactly(new RecordTampered("sealed", NAME, How.REMOVED, 1, 0, false));
    assertThat(place.values).isEmpty();
    assertThat(records.tampered()).hasSize(1);
    leads = true;
    assertThat(records.sweep().join()).isEqualTo(1);
    assertThat(records.tampered()).isEmpty();
    assertThat(place.values).containsKey(NAME);
  }

  @Test
  void memoryOutlivesTheProcessAndTheRegistry() throws Exception {
    store().write(NAME, new byte[] {3}).join();
    place.values.clear();

    SealedStore again = store();

    assertThat(again.open(NAME).join().orElseThrow()).containsExactly(3);
    assertThat(place.values).containsKey(NAME);
    place.away = true;
    assertThat(again.open(NAME).join().orElseThrow()).containsExactly(3);
    assertThat(Files.readAllBytes(file)).isNotEmpty();
  }

  @Test
  void brokenMemoryIsStartedAnew() throws Exception {
    store().write(NAME, new byte[] {3}).join();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThat(RecordMemory.open(file, Runnable::run).keys("")).isEmpty();
    assertThat(store().open(NAME).join().orElseThrow()).containsExactly(3);
  }

  @Test
  void sealedMainNoticesAnOlderRecordAndBelievesNoNewerOne() {
    SealedStore store = store();
    store.write(NAME, new byte[] {1}).join();
    byte[] old = place.lying();
    store.write(NAME, new byte[] {2}).join();
    byte[] good = place.lying();
    keys.seal(Compartment.NETWORK);
    RecordMemory memory = RecordMemory.open(file, Runnable::run);
    RememberedRecords records = records(memory);

    place.values.put(NAME, old);
    assertThat(records.read(NAME).join()).contains(good);
    assertThat(told).extracting(RecordTampered::how).containsExactly(How.ROLLED_BACK);

    byte[] newer = good.clone();
    newer[8] = 9; // The version in clear.
    place.values.put(NAME, newer);
    records.read(NAME).join();
    assertThat(memory.get("sealed/" + NAME).orElseThrow().version()).isEqualTo(2);
  }

  private SealedStore store() {
    RememberedRecords records = records(RecordMemory.open(file, Runnable::run));
    return new Vault(keys, records, random, time).store();
  }

  private RememberedRecords records(RecordMemory memory) {
    return new RememberedRecords(
        "sealed",
        new RememberedRecords.Ports(place, memory, new SealedCheck(keys), () -> leads, told::add));
  }
}
