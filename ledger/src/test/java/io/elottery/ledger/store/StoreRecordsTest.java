package io.elottery.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.simulation.SimRandom;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Golden bytes of what a store knows of itself, and what a flipped bit does to them. */
final class StoreRecordsTest {
  private static final StoreId ID =
      StoreId.of(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));
  // What SimRandom(1) gives.
  private static final StoreId CHANCE =
      StoreId.of(HexFormat.of().parseHex("c15c0289ec2d0a9167ec8e65a18debbe"));
  private final Map<String, byte[]> records = new TreeMap<>();

  @Test
  void theFirstLifeWritesNameAndBoot() {
    StoreLife life = begin();

    assertThat(life.standing()).isEqualTo(new Standing(CHANCE, 1, 7, 0, 0));
    golden(
        "0068", "656c6f74746572792f6c65646765722f76350ac15c0289ec2d0a9167ec8e65a18debbee2021711");
    golden("0062", "0000000000000001c7f2b73a");
  }

  @Test
  void aStoreOfAFormatBeforeIsRefused() {
    records.put(
        "0068",
        HexFormat.of()
            .parseHex(
                "656c6f74746572792f6c65646765722f76340ac15c0289ec2d0a9167ec8e65a18debbeed6b153a"));

    assertThat(StoreHeader.read(records.get("0068"))).isEmpty();
  }

  @Test
  void everySyncIsCounted() {
    StoreLife life = begin();
    life.beforeSync(this::put);
    life.synced();
    life.beforeSync(this::put);

    golden("006d", "0000000000000002abb17843");
    assertThat(life.standing().mark()).as("not synced yet").isEqualTo(1);
    assertThat(begin().standing()).isEqualTo(new Standing(CHANCE, 2, 7, 2, 2));
  }

  @Test
  void anyFlippedBitOfItsRecordsIsNoticed() {
    StoreLife life = begin();
    life.beforeSync(this::put);
    for (String key : records.keySet().toArray(String[]::new)) {
      byte[] sound = Objects.requireNonNull(records.get(key));
      for (int bit = 0; bit < sound.length * 8; bit++) {
        byte[] flipped = sound.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        records.put(key, flipped);
        // A flipped format is another format: refused too.
        Optional<StoreLife> opened = Optional.empty();
        try {
          opened = StoreLife.begin(this::get, (k, v) -> {}, new SimRandom(1), 7);
        } catch (RecordDamaged noticed) {
          continue;
        } finally {
          records.put(key, sound);
        }
        assertThat(opened).as("key %s bit %d", key, bit).isEmpty();
      }
    }
  }

  @Test
  void aValueUnderAnotherKeyIsNoticed() {
    byte[] kept = Checksum.add(bytes("a"), bytes("value"));

    assertThat(Checksum.strip(bytes("a"), kept)).isEqualTo(bytes("value"));
    assertThatThrownBy(() -> Checksum.strip(bytes("b"), kept)).isInstanceOf(RecordDamaged.class);
    assertThatThrownBy(() -> Checksum.strip(bytes("a"), Arrays.copyOf(kept, 3)))
        .isInstanceOf(RecordDamaged.class);
  }

  @Test
  void aStandingComesBackAsItWent() throws MalformedMessage {
    Standing standing = new Standing(ID, 3, 9, 300, 1000);
    WireWriter out = new WireWriter();
    standing.write(out);

    assertThat(HexFormat.of().formatHex(out.toBytes()))
        .isEqualTo("000102030405060708090a0b0c0d0e0f030000000000000009ac02bc05");
    assertThat(Standing.read(new WireReader(out.toBytes()))).isEqualTo(standing);
    byte[] noBoot = out.toBytes();
    noBoot[16] = 0;
    assertThatThrownBy(() -> Standing.read(new WireReader(noBoot)))
        .isInstanceOf(MalformedMessage.class);
  }

  private StoreLife begin() {
    return StoreLife.begin(this::get, this::put, new SimRandom(1), 7).orElseThrow();
  }

  private Optional<byte[]> get(byte[] key) {
    return Optional.ofNullable(records.get(HexFormat.of().formatHex(key)));
  }

  private void put(byte[] key, byte[] value) {
    records.put(HexFormat.of().formatHex(key), value);
  }

  private void golden(String key, String value) {
    assertThat(HexFormat.of().formatHex(records.get(key))).isEqualTo(value);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
