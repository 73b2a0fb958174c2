/**
 * Bytes that must not be seen, and keys derived from them. Entry type: {@link
 * io.elottery.keyvault.secret.Secret}. Any thread.
 */
@NullMarked
package io.elottery.keyvault.secret;

import org.jspecify.annotations.NullMarked;
