package io.elottery.controller.app;

import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.vault.Bootstrap;
import io.elottery.keyvault.vault.Compartment;
import io.elottery.keyvault.vault.CutVault;
import io.elottery.keyvault.vault.MemoryRecords;
import io.elottery.keyvault.vault.Vault;
import io.elottery.keyvault.vault.VaultKeys;
import java.nio.file.Path;
import java.util.Map;

/** A new network's vault of 3 of 5 pieces, as each main of a town finds it. */
record NewVault(Bootstrap bootstrap, CutVault cut, Map<Compartment, Secret> secrets) {
  static NewVault make(Path directory) throws Exception {
    return make(directory, Map.of());
  }

  /** With the office's first records. */
  static NewVault make(Path directory, Map<String, byte[]> office) throws Exception {
    RandomSource random = new SecureRandomSource();
    Map<Compartment, Secret> secrets = CutVault.freshKeys(random);
    CutVault cut = CutVault.of(1, secrets, 5, 3, random);
    VaultKeys keys = cut.opened(secrets, random);
    MemoryRecords records = new MemoryRecords();
    new Vault(keys, records, random, new SystemTime()).found("tests").join();
    Path file = directory.resolve("bootstrap.sealed");
    Bootstrap.write(
        file,
        new Bootstrap.Content(cut.header(), records.all(), office),
        keys.sealer(Compartment.NETWORK));
    return new NewVault(Bootstrap.read(file), cut, secrets);
  }

  VaultKeys open(RandomSource random) {
    return cut.opened(secrets, random);
  }

  VaultKeys sealed(RandomSource random) {
    return VaultKeys.sealed(cut.header(), random);
  }
}
