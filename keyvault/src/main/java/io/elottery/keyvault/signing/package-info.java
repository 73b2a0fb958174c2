/**
 * Signing, as the rest of the network sees it. Entry type: {@link
 * io.elottery.keyvault.signing.Signer}. Any thread.
 */
@NullMarked
package io.elottery.keyvault.signing;

import org.jspecify.annotations.NullMarked;
