package io.elottery.foundation.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Looks at the file that holds a secret, never into it. */
final class SecretFile {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private SecretFile() {}

  /** What is wrong with the file; the answer never repeats what was written. */
  static Optional<String> problem(String path) {
    try {
      Path file = Path.of(path);
      if (!Files.isRegularFile(file)) {
        return Optional.of(
            "expected the path of an existing file; a secret is never given as the value itself");
      }
      Set<PosixFilePermission> granted = EnumSet.copyOf(OTHERS);
      granted.retainAll(Files.getPosixFilePermissions(file));
      return granted.isEmpty()
          ? Optional.empty()
          : Optional.of("its file is open to others: chmod 600 " + file);
    } catch (InvalidPathException wrong) {
      return Optional.of("expected the path of a file");
    } catch (UnsupportedOperationException notPosix) {
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.of("its file cannot be read");
    }
  }
}
