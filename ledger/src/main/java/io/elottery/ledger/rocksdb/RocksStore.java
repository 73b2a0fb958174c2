package io.elottery.ledger.rocksdb;

import io.elottery.foundation.time.RandomSource;
import io.elottery.ledger.store.DurableStore;
import io.elottery.ledger.store.StoreFailed;
import io.elottery.ledger.store.StoreHeader;
import io.elottery.ledger.store.StoreId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One RocksDB for all shards of a worker: writes of a loop turn are gathered and flushed as one
 * synced record of its write-ahead log. On the ledger loop.
 */
public final class RocksStore implements DurableStore {
  private static final long WRITE_BUFFER_BYTES = 16L << 20;
  private static final long WAL_BYTES_MAX = 128L << 20;
  private static final long UNSYNCED_BYTES_MAX = 8L << 20;

  private final Path directory;
  private final Options options;
  private final RocksDB db;
  private final WriteOptions buffered = new WriteOptions().setSync(false);
  private final WriteBatch unwritten = new WriteBatch();
  private final StoreId id;
  private boolean unsynced;
  private @Nullable StoreFailed failed;
  private boolean closed;

  private RocksStore(Path directory, Options options, RocksDB db, StoreId id) {
    this.directory = directory;
    this.options = options;
    this.db = db;
    this.id = id;
  }

  /**
   * Opens the store, or makes an empty one with a new name where there is none.
   *
   * @throws StoreFailed when the directory cannot be used, or holds something else
   */
  public static RocksStore open(Path directory, RandomSource random) {
    loadLibrary();
    Options options =
        new Options()
            .setCreateIfMissing(true)
            .setWriteBufferSize(WRITE_BUFFER_BYTES)
            .setMaxTotalWalSize(WAL_BYTES_MAX)
            .setMaxBackgroundJobs(2)
            .setKeepLogFileNum(2)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            // A torn last record is what a crash leaves; anything else is damage and is refused.
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords);
    RocksDB db = null;
    try {
      Files.createDirectories(directory);
      db = RocksDB.open(options, directory.toString());
      return new RocksStore(directory, options, db, header(db, directory, random));
    } catch (IOException | RocksDBException problem) {
      if (db != null) {
        db.close();
      }
      options.close();
      throw new StoreFailed(directory + ": cannot be opened: " + problem.getMessage(), problem);
    }
  }

  /** One at a time: RocksDB's own wait gives up after seconds when several stores open at once. */
  private static synchronized void loadLibrary() {
    RocksDB.loadLibrary();
  }

  private static StoreId header(RocksDB db, Path directory, RandomSource random)
      throws RocksDBException, IOException {
    byte[] header = db.get(StoreHeader.key());
    if (header == null) {
      header = StoreHeader.fresh(random);
      try (WriteOptions synced = new WriteOptions().setSync(true)) {
        db.put(synced, StoreHeader.key(), header);
      }
    }
    Optional<StoreId> id = StoreHeader.read(header);
    if (id.isEmpty()) {
      throw new IOException(directory + " holds a store of another format");
    }
    return id.get();
  }

  @Override
  public StoreId id() {
    return id;
  }

  @Override
  public void put(byte[] key, byte[] value) {
    check();
    try {
      unwritten.put(key, value);
      unsynced = true;
      if (unwritten.getDataSize() > UNSYNCED_BYTES_MAX) {
        write();
      }
    } catch (RocksDBException problem) {
      throw fail("write", problem);
    }
  }

  @Override
  public void deleteRange(byte[] from, byte[] to) {
    check();
    if (Arrays.compareUnsigned(from, to) >= 0) {
      return;
    }
    try {
      unwritten.deleteRange(from, to);
      unsynced = true;
    } catch (RocksDBException problem) {
      throw fail("delete", problem);
    }
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    check();
    try {
      write();
      return Optional.ofNullable(db.get(key));
    } catch (RocksDBException problem) {
      throw fail("read", problem);
    }
  }

  @Override
  public void scan(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
    check();
    try (Slice end = new Slice(to);
        ReadOptions options = new ReadOptions().setIterateUpperBound(end)) {
      write();
      try (RocksIterator at = db.newIterator(options)) {
        for (at.seek(from); at.isValid(); at.next()) {
          visitor.accept(at.key(), at.value());
        }
        at.status();
      }
    } catch (RocksDBException problem) {
      throw fail("read", problem);
    }
  }

  @Override
  public void sync() {
    check();
    if (!unsynced) {
      return;
    }
    try {
      write();
      db.syncWal();
      unsynced = false;
    } catch (RocksDBException problem) {
      throw fail("flush", problem);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    unwritten.close();
    buffered.close();
    db.close();
    options.close();
  }

  private void write() throws RocksDBException {
    if (unwritten.count() > 0) {
      db.write(buffered, unwritten);
      unwritten.clear();
    }
  }

  private void check() {
    if (failed != null) {
      throw failed;
    }
    if (closed) {
      throw new StoreFailed(directory + " is closed", new IllegalStateException("closed"));
    }
  }

  private StoreFailed fail(String what, RocksDBException problem) {
    StoreFailed failure =
        new StoreFailed(directory + ": " + what + " failed: " + problem.getMessage(), problem);
    failed = failure;
    return failure;
  }
}
