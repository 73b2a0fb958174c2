/**
 * Opening, sealing and watching over the vault. Entry type: {@link
 * io.elottery.controller.vault.VaultDesk}. On main's loop.
 */
@NullMarked
package io.elottery.controller.vault;

import org.jspecify.annotations.NullMarked;
