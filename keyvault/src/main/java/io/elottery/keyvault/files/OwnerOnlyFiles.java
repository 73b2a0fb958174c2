package io.elottery.keyvault.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files (0600) in directories (0700) that only their owner may read, replaced whole or not at all.
 *
 * <p>A write returns once the bytes and the directory entry are on the disk: after a crash the old
 * content or the new one is there, never a part. On file systems without POSIX permissions the
 * rights are those of the directory.
 */
public final class OwnerOnlyFiles {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private OwnerOnlyFiles() {}

  /** Makes the directory and its parents where missing; the last one becomes owner-only. */
  public static void directory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Path parent = directory.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      try {
        Files.createDirectory(directory, attribute(directory, DIRECTORY));
      } catch (FileAlreadyExistsException raced) {
        // Somebody else made it meanwhile; its rights are set below.
      }
    }
    if (posix(directory)) {
      Files.setPosixFilePermissions(directory, DIRECTORY);
    }
  }

  /** Writes the file, over what may be there. */
  public static void write(Path file, byte[] content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(file + ": not a file");
    }
    Path fresh = Files.createTempFile(directory, ".", ".new", attribute(directory, FILE));
    try {
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
        entries.force(true);
      }
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** {@link #write(Path, byte[])} of a line of text. */
  public static void writeLine(Path file, String line) throws IOException {
    write(file, (line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads the file.
   *
   * @throws IOException also when others than its owner may read or write it
   */
  public static byte[] read(Path file) throws IOException {
    if (posix(file)) {
      Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
      if (rights.stream().anyMatch(OTHERS::contains)) {
        throw new IOException(
            file
                + " is open to others ("
                + PosixFilePermissions.toString(rights)
                + "): expected owner only, `chmod 600` it");
      }
    }
    return Files.readAllBytes(file);
  }

  /**
   * Reads the one line of text in the file, without blanks around it.
   *
   * @throws IOException also when it is empty or open to others
   */
  public static String readLine(Path file) throws IOException {
    String line = new String(read(file), StandardCharsets.UTF_8).strip();
    if (line.isEmpty()) {
      throw new IOException(file + " is empty: expected one line");
    }
    return line;
  }

  private static boolean posix(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] attribute(Path at, Set<PosixFilePermission> rights) {
    return at.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
        : new FileAttribute<?>[0];
  }
}
