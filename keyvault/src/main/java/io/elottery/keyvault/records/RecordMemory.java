package io.elottery.keyvault.records;

import io.elottery.foundation.hash.Sha256;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this main knows of each record: its newest version and bytes, in one owner-only file that is
 * replaced whole. It is the measure against which the place is judged, and the backup when the
 * place lost everything.
 *
 * <p>Secrets lie in it sealed, as in their place. A crash may lose what was learned in the last
 * moments: then less is noticed, nothing wrong is believed. Any thread.
 */
public final class RecordMemory {
  private static final Logger log = LoggerFactory.getLogger(RecordMemory.class);
  private static final byte[] MAGIC = "ELMEMO".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT = 1;
  private static final int RECORDS_MAX = 100_000;

  private final Path file;
  private final Executor disk;
  private final ConcurrentSkipListMap<String, Remembered> records = new ConcurrentSkipListMap<>();
  private final AtomicBoolean saving = new AtomicBoolean();

  /**
   * One record.
   *
   * @param bytes not copied
   * @param seen whether it lay in its place; a new network's first records did not yet
   */
  public record Remembered(long version, byte[] bytes, boolean seen) {}

  private RecordMemory(Path file, Executor disk) {
    this.file = file;
    this.disk = disk;
  }

  /**
   * What the file holds; nothing where it is missing or broken, which is logged.
   *
   * @param disk where it is written, later and not for each change
   */
  public static RecordMemory open(Path file, Executor disk) {
    RecordMemory memory = new RecordMemory(file, disk);
    try {
      if (Files.exists(file)) {
        memory.decode(OwnerOnlyFiles.read(file));
      }
    } catch (IOException | MalformedMessage broken) {
      memory.records.clear();
      log.error(
          "{} cannot be read ({}): older or removed records are not noticed until they are"
              + " learned again",
          file,
          broken.getMessage());
    }
    return memory;
  }

  /** What is known of the record. */
  public Optional<Remembered> get(String key) {
    return Optional.ofNullable(records.get(key));
  }

  /** The keys that begin so, ascending. */
  public List<String> keys(String prefix) {
    return records.tailMap(prefix).keySet().stream()
        .takeWhile(key -> key.startsWith(prefix))
        .toList();
  }

  /** Keeps it unless a newer version is known. */
  public void learn(String key, Remembered record) {
    Remembered kept =
        records.merge(
            key, record, (old, next) -> next.version() > old.version() || !old.seen() ? next : old);
    if (kept == record) {
      saveSoon();
    }
  }

  /** Keeps a new network's first record, where nothing is known of it. */
  public void seed(String key, Remembered record) {
    records.putIfAbsent(key, record);
  }

  @Override
  public String toString() {
    return "RecordMemory[" + records.size() + " in " + file + "]";
  }

  private void saveSoon() {
    if (saving.compareAndSet(false, true)) {
      disk.execute(this::save);
    }
  }

  private void save() {
    saving.set(false);
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        OwnerOnlyFiles.directory(directory);
      }
      OwnerOnlyFiles.write(file, encode());
    } catch (IOException problem) {
      log.error("{} cannot be written: {}", file, problem.getMessage());
    }
  }

  private byte[] encode() {
    TreeMap<String, Remembered> now = new TreeMap<>(records);
    WireWriter out = new WireWriter(4096).raw(MAGIC).u8(FORMAT).varint(now.size());
    now.forEach(
        (key, record) ->
            out.text(key).i64(record.version()).bool(record.seen()).bytes(record.bytes()));
    byte[] digest = Sha256.of(out.toBytes());
    return out.raw(digest).toBytes();
  }

  private void decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    if (!Arrays.equals(in.raw(MAGIC.length), MAGIC) || in.u8() != FORMAT) {
      throw new MalformedMessage("not a memory of records that this version knows");
    }
    for (int left = in.count(RECORDS_MAX); left > 0; left--) {
      String key = in.text();
      long version = in.i64();
      boolean seen = in.bool();
      records.put(key, new Remembered(version, in.bytes(), seen));
    }
    byte[] body = Arrays.copyOf(bytes, bytes.length - in.remaining());
    byte[] digest = in.raw(32);
    in.done();
    if (!Arrays.equals(digest, Sha256.of(body))) {
      throw new MalformedMessage("its check does not hold");
    }
  }
}
