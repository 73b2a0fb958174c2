package io.elottery.keyvault.nodekeys;

import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.bouncycastle.RootKeyStore;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.seal.Sealer;
import io.elottery.keyvault.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

/**
 * The three files of a key directory: {@code store.password}, {@code root.bcfks} (one AES key) and
 * {@code keys.sealed} (all else, sealed under that key).
 */
final class KeyFiles {
  private static final String CONTEXT = "node-keys";

  private final Path directory;
  private final Sealer sealer;

  private KeyFiles(Path directory, Sealer sealer) {
    this.directory = directory;
    this.sealer = sealer;
  }

  /** Opens the directory's root key, or makes it where there is none yet. */
  static KeyFiles open(Path directory, RandomSource random) throws KeyStoreUnreadable {
    Path passwordFile = directory.resolve("store.password");
    Path storeFile = directory.resolve("root.bcfks");
    try {
      OwnerOnlyFiles.directory(directory);
      if (!Files.exists(storeFile)) {
        if (Files.exists(directory.resolve("keys.sealed"))) {
          throw new KeyStoreUnreadable(
              directory, "root.bcfks is missing; put it back, or empty the directory and enrol");
        }
        String password = HexFormat.of().formatHex(random.bytes(32));
        OwnerOnlyFiles.writeLine(passwordFile, password);
        Secret root = Secret.random(random, 32);
        OwnerOnlyFiles.write(storeFile, RootKeyStore.create(root, password));
        return new KeyFiles(directory, Sealer.fromKey(root, random));
      }
      String password = OwnerOnlyFiles.readLine(passwordFile);
      Secret root = RootKeyStore.open(OwnerOnlyFiles.read(storeFile), password);
      return new KeyFiles(directory, Sealer.fromKey(root, random));
    } catch (GeneralSecurityException refused) {
      throw new KeyStoreUnreadable(
          directory, "root.bcfks does not open with store.password: " + refused.getMessage());
    } catch (IOException problem) {
      throw new KeyStoreUnreadable(directory, String.valueOf(problem.getMessage()), problem);
    }
  }

  /** What was written last; nothing when nothing was. */
  KeyEntries read() throws KeyStoreUnreadable {
    Path file = directory.resolve("keys.sealed");
    try {
      return Files.exists(file)
          ? KeyEntries.decoded(sealer.open(CONTEXT, OwnerOnlyFiles.read(file)))
          : KeyEntries.none();
    } catch (SealBroken | MalformedMessage broken) {
      throw new KeyStoreUnreadable(
          directory, "keys.sealed does not open with root.bcfks; restore both, or enrol again");
    } catch (IOException problem) {
      throw new KeyStoreUnreadable(directory, String.valueOf(problem.getMessage()), problem);
    }
  }

  /** Writes all; returns when it is on the disk. */
  void write(KeyEntries entries) throws KeyStoreUnreadable {
    try {
      byte[] sealed = sealer.seal(CONTEXT, entries.encoded());
      OwnerOnlyFiles.write(directory.resolve("keys.sealed"), sealed);
    } catch (IOException problem) {
      throw new KeyStoreUnreadable(directory, String.valueOf(problem.getMessage()), problem);
    }
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
