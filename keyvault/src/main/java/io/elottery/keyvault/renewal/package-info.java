/**
 * When a server's certificate is renewed, and how it asks for that. Entry type: {@link
 * io.elottery.keyvault.renewal.Renewal}, on the server's own loop.
 */
@NullMarked
package io.elottery.keyvault.renewal;

import org.jspecify.annotations.NullMarked;
