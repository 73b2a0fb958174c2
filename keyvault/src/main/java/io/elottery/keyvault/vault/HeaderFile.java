package io.elottery.keyvault.vault;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import io.elottery.keyvault.seal.SealBroken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The newest header a main knows, in its own directory: so that it opens by the newest pieces even
 * where nobody else answers, and a piece can be checked offline. Not secret.
 */
public final class HeaderFile {
  private final Path file;

  /** At this place; it need not exist. */
  public HeaderFile(Path file) {
    this.file = file;
  }

  /** The header, once one was written. */
  public Optional<VaultHeader> read() throws IOException, SealBroken {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(VaultHeader.decoded(OwnerOnlyFiles.read(file)));
    } catch (MalformedMessage malformed) {
      throw new SealBroken(file + " is damaged: copy it from another main");
    }
  }

  /** The newer of this and the bootstrap's. */
  public VaultHeader newest(VaultHeader first) throws IOException, SealBroken {
    return read().filter(own -> own.generation() > first.generation()).orElse(first);
  }

  /** Writes it, over what may be there. */
  public void write(VaultHeader header) throws IOException {
    OwnerOnlyFiles.write(file, header.encoded());
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
