/**
 * Encryption of secrets at rest. Entry type: {@link io.elottery.keyvault.seal.Sealer}. Any thread.
 */
@NullMarked
package io.elottery.keyvault.seal;

import org.jspecify.annotations.NullMarked;
