package io.elottery.controller.staff;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.audit.AuditChain;
import io.elottery.keyvault.audit.AuditRecord;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This main's own copy of the audit trail, one record a line: {@code DIR/audit.log}, owner-only,
 * only ever appended to. Not on the loop: it waits for the disk. Not thread-safe: one executor.
 */
final class AuditLog {
  private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
  private static final int BUFFER = 64 << 10;

  private final Path file;
  private long[] starts = new long[1024]; // Where record n+1 begins; starts[count] is the end.
  private int count;
  private AuditChain head = AuditChain.START;
  private boolean opened;

  AuditLog(Path file) {
    this.file = file;
  }

  /** The end of the copy. */
  AuditChain head() throws IOException {
    open();
    return head;
  }

  /** Appends the records that follow; what is there already is passed over. */
  void append(List<AuditRecord> records) throws IOException {
    open();
    List<AuditRecord> fresh = records.stream().filter(r -> r.number() > head.number()).toList();
    if (fresh.isEmpty()) {
      return;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      for (AuditRecord record : fresh) {
        if (record.number() != head.number() + 1 || !record.previous().equals(head.hash())) {
          throw new IOException(file + ": record " + record.number() + " does not follow");
        }
        byte[] line = (record.line() + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        added(record, starts[count] + line.length);
      }
      channel.force(false);
    }
  }

  /** Records from that number on, at most so many. */
  List<AuditRecord> read(long from, int most) throws IOException {
    open();
    int first = (int) Math.max(0, Math.min(count, from - 1));
    int last = Math.min(count, first + most);
    byte[] bytes = new byte[(int) (starts[last] - starts[first])];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer into = ByteBuffer.wrap(bytes);
      channel.position(starts[first]);
      while (into.hasRemaining() && channel.read(into) >= 0) {
        // Reads on until all is there.
      }
    }
    List<AuditRecord> records = new ArrayList<>();
    for (int i = first; i < last; i++) {
      int at = (int) (starts[i] - starts[first]);
      int end = (int) (starts[i + 1] - starts[first]) - 1;
      try {
        records.add(AuditRecord.parse(Arrays.copyOfRange(bytes, at, end)));
      } catch (MalformedMessage altered) {
        throw new IOException(file + ": record " + (i + 1) + " was altered", altered);
      }
    }
    return records;
  }

  /** Puts the copy aside and begins anew: it tells another story than the registry. */
  Path putAside() throws IOException {
    open();
    Path aside = file.resolveSibling(file.getFileName() + ".fork-" + head.number());
    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    forget();
    open();
    return aside;
  }

  private void open() throws IOException {
    if (opened) {
      return;
    }
    forget();
    if (!Files.exists(file)) {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      OwnerOnlyFiles.write(file, new byte[0]);
    }
    long kept = scan();
    if (kept < Files.size(file)) {
      log.error("{}: from byte {} on it is damaged; read again from the registry", file, kept);
      Files.copy(
          file,
          file.resolveSibling(file.getFileName() + ".damaged"),
          StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(kept);
      }
    }
    opened = true;
  }

  // Up to where every line is a record that follows the one before.
  private long scan() throws IOException {
    try (BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b != '\n') {
          line.write(b);
          continue;
        }
        AuditRecord record = AuditRecord.parse(line.toByteArray());
        if (record.number() != head.number() + 1 || !record.previous().equals(head.hash())) {
          break;
        }
        added(record, starts[count] + line.size() + 1);
        line.reset();
      }
    } catch (MalformedMessage damaged) {
      log.debug("{}: {}", file, damaged.getMessage());
    }
    return starts[count];
  }

  private void added(AuditRecord record, long end) {
    if (count + 1 >= starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
    }
    count++;
    starts[count] = end;
    head = AuditChain.after(record);
  }

  private void forget() {
    opened = false;
    starts = new long[1024];
    count = 0;
    head = AuditChain.START;
  }
}
