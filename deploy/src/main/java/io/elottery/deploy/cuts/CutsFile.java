package io.elottery.deploy.cuts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What is to be cut, as a file that commands write and the relay looks at, and beside it what the
 * relay has put into effect.
 *
 * @param directory of the relay
 */
public record CutsFile(Path directory) {
  private Path wanted() {
    return directory.resolve("cuts");
  }

  private Path applied() {
    return directory.resolve("cuts.applied");
  }

  /** What is to be cut. */
  public Cuts read() throws IOException {
    return read(wanted());
  }

  /** Says what is to be cut. */
  public void write(Cuts cuts) throws IOException {
    write(wanted(), cuts);
  }

  /** Whether the relay does as the file says. */
  public boolean isApplied(Cuts cuts) throws IOException {
    return read(applied()).equals(cuts);
  }

  /** The relay does so. */
  void applied(Cuts cuts) throws IOException {
    write(applied(), cuts);
  }

  private static Cuts read(Path file) throws IOException {
    try {
      return Cuts.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException none) {
      return Cuts.NONE;
    }
  }

  private static void write(Path file, Cuts cuts) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, cuts.text(), StandardCharsets.UTF_8);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
