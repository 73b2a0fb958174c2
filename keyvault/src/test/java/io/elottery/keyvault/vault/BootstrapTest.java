package io.elottery.keyvault.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.wire.WireReader;
import io.elottery.keyvault.files.OwnerOnlyFiles;
import io.elottery.keyvault.seal.KdfCost;
import io.elottery.keyvault.seal.PassphraseKdf;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.seal.Sealer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BootstrapTest {
  private static final KdfCost COST = new KdfCost(64, 2, 1);

  private final RandomSource random = new SecureRandomSource();
  private final PassphraseKdf kdf = PassphraseKdf.fresh(COST, random);
  private final Sealer sealer = Sealer.fromPassphrase(kdf, "right", random);
  private final MemoryRecords offline = new MemoryRecords();
  private final Vault founded = new Vault(sealer, offline, random, new SystemTime());

  @Test
  void vaultOfAnotherMainHoldsWhatTheBootstrapBrought(@TempDir Path dir) throws Exception {
    String fingerprint = founded.found("test").join().fingerprint();
    Path file = dir.resolve("bootstrap.sealed");
    Path passphrase = dir.resolve("passphrase");
    Bootstrap.write(file, kdf, sealer, offline.all());
    OwnerOnlyFiles.writeLine(passphrase, "right");

    Bootstrap bootstrap = Bootstrap.open(file, passphrase, random);
    MemoryRecords registry = new MemoryRecords();
    Vault vault = new Vault(bootstrap.sealer(), registry, random, new SystemTime());

    assertThat(vault.isFounded().join()).isFalse();
    assertThat(bootstrap.importInto(registry).join()).isEqualTo(3);
    assertThat(bootstrap.importInto(registry).join()).isZero();
    assertThat(vault.isFounded().join()).isTrue();
    assertThat(vault.authority().join().fingerprint()).isEqualTo(fingerprint);
    assertThat(vault.drawSecret(Hemisphere.LEFT).join().share("g:D"))
        .isEqualTo(founded.drawSecret(Hemisphere.LEFT).join().share("g:D"))
        .isNotEqualTo(vault.drawSecret(Hemisphere.RIGHT).join().share("g:D"))
        .isNotEqualTo(vault.drawSecret(Hemisphere.LEFT).join().share("g:E"));
  }

  @Test
  void argonParametersAreStoredInTheFile() throws Exception {
    byte[] bytes = Bootstrap.encode(kdf, sealer, offline.all());

    PassphraseKdf stored = PassphraseKdf.readFrom(new WireReader(bytes, 7, bytes.length - 7));

    assertThat(stored.cost()).isEqualTo(COST);
    assertThat(stored.salt()).isEqualTo(kdf.salt());
  }

  @Test
  void wrongPassphraseOrAnyFlippedByteIsRefused() {
    founded.drawSecret(Hemisphere.LEFT).join();
    byte[] bytes = Bootstrap.encode(kdf, sealer, offline.all());

    assertThatThrownBy(() -> Bootstrap.open("f", bytes, "wrong", random))
        .isInstanceOf(SealBroken.class);
    for (int i = 0; i < bytes.length; i++) {
      // The KDF's parameters are skipped: flipped they ask for gigabytes before they are refused.
      if (i < 7 || i >= 19) {
        byte[] flipped = bytes.clone();
        flipped[i] ^= 1;
        assertThatThrownBy(() -> Bootstrap.open("f", flipped, "right", random))
            .as("byte %d", i)
            .isInstanceOf(SealBroken.class);
      }
    }
  }

  @Test
  void passphraseOpenToOthersIsRefused(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("bootstrap.sealed");
    Path passphrase = dir.resolve("passphrase");
    Bootstrap.write(file, kdf, sealer, offline.all());
    Files.writeString(passphrase, "right");
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> Bootstrap.open(file, passphrase, random))
        .hasMessageContaining("open to others");
  }
}
