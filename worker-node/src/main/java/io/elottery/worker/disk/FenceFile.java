package io.elottery.worker.disk;

import io.elottery.foundation.id.Hemisphere;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The highest fence of each hemisphere that this server has seen, as lines {@code LEFT 12}, and the
 * CRC-32 of these as a last line. Flushed before {@link #write} returns: what was refused once is
 * refused after a restart, too.
 */
public final class FenceFile implements FenceStore {
  private static final Logger log = LoggerFactory.getLogger(FenceFile.class);

  private final Path file;

  /** At that place; its directory need not exist. */
  public FenceFile(Path file) {
    this.file = file;
  }

  @Override
  public Map<Hemisphere, Long> read() {
    Map<Hemisphere, Long> fences = new EnumMap<>(Hemisphere.class);
    try {
      if (Files.exists(file)) {
        for (String line : lines(Files.readString(file))) {
          int space = line.indexOf(' ');
          fences.put(
              Hemisphere.valueOf(line.substring(0, space)),
              Long.parseLong(line.substring(space + 1)));
        }
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException unreadable) {
      log.error("{} cannot be read; the roster's fences count: {}", file, unreadable.toString());
    }
    return fences;
  }

  private static List<String> lines(String text) {
    int last = text.lastIndexOf('\n', text.length() - 2) + 1;
    String lines = text.substring(0, last);
    if (!text.substring(last).equals(checksum(lines))) {
      throw new IllegalArgumentException("damaged: its checksum differs");
    }
    return lines.lines().toList();
  }

  private static String checksum(String lines) {
    CRC32 crc = new CRC32();
    crc.update(lines.getBytes(StandardCharsets.UTF_8));
    return "crc " + Long.toHexString(crc.getValue()) + "\n";
  }

  @Override
  public void write(Map<Hemisphere, Long> fences) throws IOException {
    StringBuilder lines = new StringBuilder();
    new EnumMap<>(fences)
        .forEach((half, fence) -> lines.append(half).append(' ').append((long) fence).append('\n'));
    lines.append(checksum(lines.toString()));
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
