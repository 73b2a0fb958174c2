package io.elottery.ledger.rocksdb;

import io.elottery.ledger.store.Checksum;
import io.elottery.ledger.store.RecordDamaged;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The number of the last sync, beside the store and written after it. RocksDB takes an end of its
 * write-ahead log that cannot be read for one that was never synced; this number tells when it was.
 * Not synced itself: after a power cut it may be too low and then says nothing.
 */
final class MarkFile implements AutoCloseable {
  private static final String NAME = "mark";
  private static final byte[] KEY = {0, 'm'};

  private final FileChannel file;

  private MarkFile(FileChannel file) {
    this.file = file;
  }

  static MarkFile open(Path directory) throws IOException {
    return new MarkFile(
        FileChannel.open(
            directory.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /** What is there; 0 when nothing is, or nothing that can be read. */
  static long read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    byte[] kept = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    byte[] number = kept.length == Long.BYTES + Checksum.BYTES ? stripped(kept) : new byte[0];
    return number.length == Long.BYTES ? ByteBuffer.wrap(number).getLong() : 0;
  }

  private static byte[] stripped(byte[] kept) {
    try {
      return Checksum.strip(KEY, kept);
    } catch (RecordDamaged torn) {
      return new byte[0]; // It proves nothing, and so cannot accuse the store.
    }
  }

  void write(long mark) throws IOException {
    byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(mark).array();
    ByteBuffer kept = ByteBuffer.wrap(Checksum.add(KEY, number));
    int at = 0;
    while (kept.hasRemaining()) {
      at += file.write(kept, at);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
