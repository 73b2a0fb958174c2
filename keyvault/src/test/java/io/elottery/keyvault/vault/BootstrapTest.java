package io.elottery.keyvault.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.keyvault.seal.KdfCost;
import io.elottery.keyvault.seal.SealBroken;
import io.elottery.keyvault.secret.Secret;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BootstrapTest {
  private static final KdfCost COST = new KdfCost(64, 2, 1);

  private final RandomSource random = new SecureRandomSource();
  private final Map<Compartment, Secret> secrets = CutVault.freshKeys(random);
  private final CutVault cut = CutVault.of(1, secrets, passphrases("right"), COST, random);
  private final VaultKeys open = cut.opened(secrets, random);
  private final MemoryRecords offline = new MemoryRecords();
  private final Vault founded = new Vault(open, offline, random, new SystemTime());

  @Test
  void vaultOfAnotherMainHoldsWhatTheBootstrapBrought(@TempDir Path dir) throws Exception {
    String fingerprint = founded.found("test").join().fingerprint();
    Path file = dir.resolve("bootstrap.sealed");
    Bootstrap.write(file, content(), open.sealer(Compartment.NETWORK));

    Bootstrap bootstrap = Bootstrap.read(file);
    VaultKeys keys = VaultKeys.sealed(bootstrap.header(), random);
    keys.open(passphrases("right"));
    bootstrap.prove(keys.sealer(Compartment.NETWORK));
    MemoryRecords registry = new MemoryRecords();
    Vault vault = new Vault(keys, registry, random, new SystemTime());

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
  void wrongPassphraseOpensNothing() {
    VaultKeys keys = VaultKeys.sealed(cut.header(), random);

    assertThatThrownBy(() -> keys.open(passphrases("wrong"))).isInstanceOf(SealBroken.class);
    assertThat(keys.isOpen(Compartment.NETWORK)).isFalse();
  }

  @Test
  void anyFlippedByteIsFound() throws Exception {
    founded.drawSecret(Hemisphere.LEFT).join();
    byte[] bytes = Bootstrap.encode(content(), open.sealer(Compartment.NETWORK));

    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= 1;
      assertThatThrownBy(
              () -> Bootstrap.decode("f", flipped).prove(open.sealer(Compartment.NETWORK)))
          .as("byte %d", i)
          .isInstanceOf(SealBroken.class);
    }
  }

  @Test
  void exchangedHeaderIsFoundWhenTheVaultOpens() throws Exception {
    CutVault other = CutVault.of(1, secrets, passphrases("mine"), COST, random);
    VaultKeys thief = CutVault.openForNow(random);
    byte[] bytes =
        Bootstrap.encode(
            new Bootstrap.Content(other.header(), offline.all(), Map.of()),
            thief.sealer(Compartment.NETWORK));

    Bootstrap bootstrap = Bootstrap.decode("f", bytes);

    assertThatThrownBy(() -> bootstrap.prove(open.sealer(Compartment.NETWORK)))
        .isInstanceOf(SealBroken.class);
  }

  @Test
  void formerFormatIsRefusedInWords() throws Exception {
    byte[] bytes = Bootstrap.encode(content(), open.sealer(Compartment.NETWORK));
    bytes[6] = 1;

    assertThatThrownBy(() -> Bootstrap.decode("f", bytes))
        .hasMessage(
            "f is of format 1, this version knows 2: make the network anew with `elottery init`");
  }

  private Bootstrap.Content content() {
    return new Bootstrap.Content(cut.header(), offline.all(), Map.of());
  }

  private static Map<Compartment, String> passphrases(String all) {
    Map<Compartment, String> passphrases = new EnumMap<>(Compartment.class);
    for (Compartment compartment : Compartment.values()) {
      passphrases.put(compartment, all);
    }
    return passphrases;
  }
}
