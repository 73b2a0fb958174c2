/**
 * Making a new network offline. Entry type: {@link io.elottery.keyvault.init.NetworkInit}, on the
 * caller's thread, waits for the disk.
 */
@NullMarked
package io.elottery.keyvault.init;

import org.jspecify.annotations.NullMarked;
