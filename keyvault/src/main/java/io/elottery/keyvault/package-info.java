/** Keys, certificates, sealing. Entry type: {@link io.elottery.keyvault.vault.Vault}. */
@NullMarked
package io.elottery.keyvault;

import org.jspecify.annotations.NullMarked;
