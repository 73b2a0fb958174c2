package io.elottery.ledger.rocksdb;

import io.elottery.foundation.time.RandomSource;
import io.elottery.ledger.store.Checksum;
import io.elottery.ledger.store.DurableStore;
import io.elottery.ledger.store.RecordDamaged;
import io.elottery.ledger.store.Standing;
import io.elottery.ledger.store.StoreFailed;
import io.elottery.ledger.store.StoreId;
import io.elottery.ledger.store.StoreLife;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One RocksDB for all shards of a worker: writes of a loop turn are gathered and flushed as one
 * synced record of its write-ahead log. On the ledger loop.
 */
public final class RocksStore implements DurableStore {
  private static final Logger log = LoggerFactory.getLogger(RocksStore.class);
  private static final long WRITE_BUFFER_BYTES = 16L << 20;
  private static final long WAL_BYTES_MAX = 128L << 20;
  private static final long UNSYNCED_BYTES_MAX = 8L << 20;

  // 1 MiB and 20 ms: at most some 50 MiB/s, so that the scrub leaves the disk to the flushes.
  private static final long SLICE_BYTES = 1L << 20;
  private static final long SLICE_PAUSE_NANOS = 20_000_000;
  private static final byte[] AFTER_COPIES = {2};
  private static final byte[] KEYS_END = {32};
  private static final String DAMAGED = "DAMAGED";

  private final Path directory;
  private final Options options;
  private final RocksDB db;
  private final MarkFile markFile;
  private final StoreLife life;
  private final long reserve;
  private final WriteOptions buffered = new WriteOptions().setSync(false);
  private final WriteBatch unwritten = new WriteBatch();
  private boolean unsynced;
  private @Nullable StoreFailed failed;
  private boolean closed;
  // The scrub reads back on a thread of its own; RocksDB must not be closed under it.
  private final Lock inUse = new ReentrantLock();

  private RocksStore(
      Path directory,
      Options options,
      RocksDB db,
      MarkFile markFile,
      StoreLife life,
      long reserve) {
    this.directory = directory;
    this.options = options;
    this.db = db;
    this.markFile = markFile;
    this.life = life;
    this.reserve = reserve;
  }

  /** One that keeps no reserve. */
  public static RocksStore open(Path directory, RandomSource random) {
    return open(directory, random, 0);
  }

  /**
   * Opens the store, or makes an empty one with a new name where there is none. One that is damaged
   * as a whole is renamed and kept ({@code ledger.damaged-1} …, the last two), and an empty one
   * with a new name takes its place: others will not listen to it under the old incarnations.
   *
   * @param reserve bytes of the disk that {@link #room} leaves free
   * @throws StoreFailed when the directory cannot be used, or holds something else
   */
  public static RocksStore open(Path directory, RandomSource random, long reserve) {
    loadLibrary();
    try {
      Files.createDirectories(directory);
      try {
        return opened(directory, random, reserve);
      } catch (RecordDamaged damage) {
        Path aside = Aside.put(directory);
        log.error(
            "{}: {}. It is kept as {}; an empty store takes its place and its copies must be"
                + " replaced",
            directory,
            damage.getMessage(),
            aside);
        Files.createDirectories(directory);
        return opened(directory, random, reserve);
      }
    } catch (IOException problem) {
      throw new StoreFailed(directory + ": cannot be opened: " + problem.getMessage(), problem);
    }
  }

  private static RocksStore opened(Path directory, RandomSource random, long reserve)
      throws IOException {
    if (Files.exists(directory.resolve(DAMAGED))) {
      throw new RecordDamaged(Files.readString(directory.resolve(DAMAGED)).trim());
    }
    Options options =
        new Options()
            .setCreateIfMissing(true)
            .setWriteBufferSize(WRITE_BUFFER_BYTES)
            .setMaxTotalWalSize(WAL_BYTES_MAX)
            .setMaxBackgroundJobs(2)
            .setKeepLogFileNum(2)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            // A torn last record is what a crash leaves; the mark tells when it was more.
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords);
    RocksDB db = null;
    try {
      long told = MarkFile.read(directory);
      db = RocksDB.open(options, directory.toString());
      StoreLife life = life(db, directory, random);
      checkOwn(db);
      if (life.standing().openedAt() < told) {
        throw new RecordDamaged(
            "it ends at sync " + life.standing().openedAt() + " and had seen " + told);
      }
      return new RocksStore(directory, options, db, MarkFile.open(directory), life, reserve);
    } catch (IOException | RocksDBException | RuntimeException problem) {
      if (db != null) {
        db.close();
      }
      options.close();
      if (problem instanceof RuntimeException known) {
        throw known;
      }
      if (problem instanceof RocksDBException from && isDamage(from)) {
        throw new RecordDamaged("it cannot be read: " + from.getMessage(), from);
      }
      throw new StoreFailed(directory + ": cannot be opened: " + problem.getMessage(), problem);
    }
  }

  // What belongs to no copy is needed for all of them: what is known of other stores, and which
  // copies were closed.
  private static void checkOwn(RocksDB db) throws RocksDBException {
    try (Slice end = new Slice(KEYS_END);
        ReadOptions options = new ReadOptions().setIterateUpperBound(end);
        RocksIterator at = db.newIterator(options)) {
      for (at.seek(AFTER_COPIES); at.isValid(); at.next()) {
        Checksum.strip(at.key(), at.value());
      }
      at.status();
    }
  }

  /** One at a time: RocksDB's own wait gives up after seconds when several stores open at once. */
  private static synchronized void loadLibrary() {
    RocksDB.loadLibrary();
  }

  private static boolean isDamage(RocksDBException problem) {
    Status status = problem.getStatus();
    String message = String.valueOf(problem.getMessage());
    // A file that the manifest names and that is not there is damage too, not a failing disk.
    return (status != null && status.getCode() == Status.Code.Corruption)
        || message.contains("No such file");
  }

  private static StoreLife life(RocksDB db, Path directory, RandomSource random)
      throws RocksDBException, IOException {
    try (WriteBatch batch = new WriteBatch();
        WriteOptions synced = new WriteOptions().setSync(true)) {
      Optional<StoreLife> life =
          StoreLife.begin(
              key -> read(db, key),
              (key, value) -> put(batch, key, value),
              random,
              random.nextLong());
      if (life.isEmpty()) {
        throw new IOException(directory + " holds a store of another format");
      }
      db.write(synced, batch);
      return life.get();
    } catch (Wrapped wrapped) {
      throw wrapped.problem;
    }
  }

  // RocksDB's exceptions are checked, and the store's life knows none of them.
  private static final class Wrapped extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final RocksDBException problem;

    Wrapped(RocksDBException problem) {
      super(problem);
      this.problem = problem;
    }
  }

  private static Optional<byte[]> read(RocksDB db, byte[] key) {
    try {
      return Optional.ofNullable(db.get(key));
    } catch (RocksDBException problem) {
      throw new Wrapped(problem);
    }
  }

  private static void put(WriteBatch batch, byte[] key, byte[] value) {
    try {
      batch.put(key, value);
    } catch (RocksDBException problem) {
      throw new Wrapped(problem);
    }
  }

  @Override
  public StoreId id() {
    return life.standing().store();
  }

  @Override
  public Standing standing() {
    return life.standing();
  }

  @Override
  public long room() {
    long free = directory.toFile().getUsableSpace();
    return Math.max(0, free - reserve);
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
      throw unreadable(problem);
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
      throw unreadable(problem);
    }
  }

  @Override
  public void readBack(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
    byte[] at = from;
    while (at != null) {
      at = slice(at, to, visitor);
      LockSupport.parkNanos(SLICE_PAUSE_NANOS);
    }
  }

  // Where the next slice begins; null at the end.
  private byte @Nullable [] slice(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
    inUse.lock();
    try (Slice end = new Slice(to);
        ReadOptions options = new ReadOptions().setIterateUpperBound(end).setFillCache(false)) {
      checkOpen();
      long bytes = 0;
      try (RocksIterator it = db.newIterator(options)) {
        for (it.seek(from); it.isValid(); it.next()) {
          if (bytes > SLICE_BYTES) {
            return it.key();
          }
          byte[] value = it.value();
          bytes += value.length;
          visitor.accept(it.key(), value);
        }
        it.status();
        return null;
      }
    } catch (RocksDBException problem) {
      throw notReadBack(problem);
    } finally {
      inUse.unlock();
    }
  }

  @Override
  public void readBackFiles() {
    inUse.lock();
    try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
      checkOpen();
      // What is in memory and in the write-ahead log becomes a table, and is read back as one.
      db.flush(wait);
      db.verifyChecksum();
    } catch (RocksDBException problem) {
      if (isDamage(problem)) {
        remember("its files are damaged: " + problem.getMessage());
      }
      throw notReadBack(problem);
    } finally {
      inUse.unlock();
    }
  }

  private RuntimeException notReadBack(RocksDBException problem) {
    String why = directory + ": cannot be read back: " + problem.getMessage();
    return isDamage(problem) ? new RecordDamaged(why, problem) : new StoreFailed(why, problem);
  }

  private void checkOpen() {
    if (closed) {
      throw new StoreFailed(directory + " is closed", new IllegalStateException("closed"));
    }
  }

  /** Where it lies. */
  public Path directory() {
    return directory;
  }

  @Override
  public void sync() {
    check();
    if (!unsynced) {
      return;
    }
    try {
      life.beforeSync((key, value) -> put(unwritten, key, value));
      write();
      db.syncWal();
      life.synced();
      unsynced = false;
      markFile.write(life.standing().mark());
    } catch (RocksDBException problem) {
      throw fail("flush", problem);
    } catch (Wrapped wrapped) {
      throw fail("flush", wrapped.problem);
    } catch (IOException problem) {
      throw fail("flush", problem);
    }
  }

  @Override
  public void close() {
    inUse.lock();
    try {
      if (!closed) {
        closed = true;
        closeAll();
      }
    } finally {
      inUse.unlock();
    }
  }

  private void closeAll() {
    try {
      markFile.close();
    } catch (IOException problem) {
      log.warn("{}: {}", directory, problem.getMessage());
    }
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
    checkOpen();
  }

  // Damage of what is read is told to whoever reads: other records may be sound.
  private RuntimeException unreadable(RocksDBException problem) {
    return isDamage(problem)
        ? new RecordDamaged(directory + ": cannot be read: " + problem.getMessage(), problem)
        : fail("read", problem);
  }

  private StoreFailed fail(String what, Exception problem) {
    StoreFailed failure =
        new StoreFailed(directory + ": " + what + " failed: " + problem.getMessage(), problem);
    failed = failure;
    if (problem instanceof RocksDBException from && isDamage(from)) {
      remember("writing met damage: " + from.getMessage());
    }
    return failure;
  }

  // The next start puts the store aside, instead of stopping at the same place again.
  private void remember(String why) {
    try {
      Files.writeString(directory.resolve(DAMAGED), why + "\n");
    } catch (IOException problem) {
      log.warn("{}: not noted as damaged: {}", directory, problem.getMessage());
    }
  }
}
