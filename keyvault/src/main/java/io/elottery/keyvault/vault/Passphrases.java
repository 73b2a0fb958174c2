package io.elottery.keyvault.vault;

import io.elottery.keyvault.files.OwnerOnlyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * The passphrase files of a main: {@code passphrase} for the compartment network, {@code
 * passphrase.left}, {@code passphrase.right}. A missing one leaves its compartment sealed.
 */
public final class Passphrases {
  private Passphrases() {}

  /** The compartment's file beside the first one. */
  public static Path file(Path passphrase, Compartment compartment) {
    return compartment == Compartment.NETWORK
        ? passphrase
        : passphrase.resolveSibling(passphrase.getFileName() + "." + compartment.text());
  }

  /**
   * Those that are there.
   *
   * @throws IOException also when one is empty or open to others
   */
  public static Map<Compartment, String> read(Path passphrase) throws IOException {
    Map<Compartment, String> found = new EnumMap<>(Compartment.class);
    for (Compartment compartment : Compartment.values()) {
      Path file = file(passphrase, compartment);
      if (Files.exists(file)) {
        found.put(compartment, OwnerOnlyFiles.readLine(file));
      }
    }
    return found;
  }

  /** Writes all of them, owner-only. */
  public static void write(Path passphrase, Map<Compartment, String> passphrases)
      throws IOException {
    for (Map.Entry<Compartment, String> each : passphrases.entrySet()) {
      OwnerOnlyFiles.writeLine(file(passphrase, each.getKey()), each.getValue());
    }
  }
}
