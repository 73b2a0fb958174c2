package io.elottery.deploy.checker;

import io.elottery.lottery.checker.JournalLines;
import io.elottery.lottery.checker.Observation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The checker's own memory: a file of {@link JournalLines}, each flushed before it counts, and
 * beside it the password of its players. Only the owner can read either. Thread-safe: lines of
 * several threads share a flush.
 */
final class Journal implements AutoCloseable {
  private static final int PASSWORD_BYTES = 16;

  private final FileChannel channel;
  private final String password;
  private final List<Observation> before;
  private final Object flushing = new Object();
  private long written; // guarded by this
  private long flushed; // guarded by flushing

  private Journal(FileChannel channel, String password, List<Observation> before) {
    this.channel = channel;
    this.password = password;
    this.before = List.copyOf(before);
  }

  /**
   * Opens or begins one; a last line that is cut off is cut away.
   *
   * @throws IllegalArgumentException when the file is no journal
   */
  static Journal open(Path file) throws IOException {
    Path secret = file.resolveSibling(file.getFileName() + ".secret");
    List<Observation> before = new ArrayList<>();
    byte[] head = (JournalLines.FORMAT + "\n").getBytes(StandardCharsets.US_ASCII);
    long length = head.length;
    if (Files.exists(file) && Files.size(file) > 0) {
      before.addAll(JournalLines.parse(Files.readString(file)).observations());
      for (Observation each : before) {
        length += JournalLines.line(each).getBytes(StandardCharsets.UTF_8).length;
      }
    } else {
      ownersOnly(file, head);
    }
    if (!Files.exists(secret)) {
      byte[] random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      ownersOnly(secret, HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII));
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    channel.truncate(length);
    channel.position(length);
    channel.force(true);
    return new Journal(channel, Files.readString(secret).strip(), before);
  }

  private static void ownersOnly(Path file, byte[] bytes) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.write(file, bytes);
  }

  /** What was in it when it was opened. */
  List<Observation> before() {
    return before;
  }

  /** The password of all players that joined for this journal. */
  String password() {
    return password;
  }

  /** Writes an observation and returns when it is flushed. */
  void add(Observation observation) throws IOException {
    long mine = write(observation);
    synchronized (flushing) {
      if (flushed < mine) {
        long all = written();
        channel.force(false);
        flushed = all;
      }
    }
  }

  private synchronized long written() {
    return written;
  }

  private synchronized long write(Observation observation) throws IOException {
    ByteBuffer line = StandardCharsets.UTF_8.encode(JournalLines.line(observation));
    while (line.hasRemaining()) {
      channel.write(line);
    }
    return ++written;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
