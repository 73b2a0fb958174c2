package io.elottery.controller.app;

import io.elottery.foundation.time.RandomSource;
import io.elottery.keyvault.secret.Secret;
import io.elottery.keyvault.vault.Bootstrap;
import io.elottery.keyvault.vault.Compartment;
import io.elottery.keyvault.vault.CutVault;
import io.elottery.keyvault.vault.VaultKeys;
import java.util.Map;

/** A new network's vault of 3 of 5 pieces, as each main of a town finds it. */
record NewVault(Bootstrap bootstrap, CutVault cut, Map<Compartment, Secret> secrets) {
  VaultKeys open(RandomSource random) {
    return cut.opened(secrets, random);
  }

  VaultKeys sealed(RandomSource random) {
    return VaultKeys.sealed(cut.header(), random);
  }
}
