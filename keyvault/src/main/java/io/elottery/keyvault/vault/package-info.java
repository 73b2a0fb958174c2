/** What main keeps sealed. Entry type: {@link io.elottery.keyvault.vault.Vault}. Any thread. */
@NullMarked
package io.elottery.keyvault.vault;

import org.jspecify.annotations.NullMarked;
