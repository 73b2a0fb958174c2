package io.elottery.ledger.store;

import io.elottery.foundation.time.RandomSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The first record of every store: its format and its name. */
public final class StoreHeader {
  // Below every shard's keys, which begin with 1.
  private static final byte[] KEY = {0, 'h'};
  // Heads signed before v4 were over another state: what was signed then would contradict it now.
  // Before v5 stores kept what they knew of each other without its life.
  private static final byte[] FORMAT = "elottery/ledger/v5\n".getBytes(StandardCharsets.US_ASCII);
  private static final int ID_BYTES = 16;

  private StoreHeader() {}

  /** The record of a store that is new: to be written under {@link #key()} and synced. */
  public static byte[] fresh(RandomSource random) {
    byte[] header = Arrays.copyOf(FORMAT, FORMAT.length + ID_BYTES);
    System.arraycopy(random.bytes(ID_BYTES), 0, header, FORMAT.length, ID_BYTES);
    return Checksum.add(KEY, header);
  }

  /** Where it stands. */
  public static byte[] key() {
    return KEY.clone();
  }

  /**
   * The name in the record; empty when the record is of another format.
   *
   * @throws RecordDamaged when it is of this format and not what was written
   */
  public static Optional<StoreId> read(byte[] kept) {
    if (kept.length != FORMAT.length + ID_BYTES + Checksum.BYTES
        || !Arrays.equals(kept, 0, FORMAT.length, FORMAT, 0, FORMAT.length)) {
      return Optional.empty();
    }
    byte[] header = Checksum.strip(KEY, kept);
    return Optional.of(StoreId.of(Arrays.copyOfRange(header, FORMAT.length, header.length)));
  }
}
