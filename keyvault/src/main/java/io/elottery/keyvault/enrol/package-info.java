/**
 * How a server gets its first certificate. Entry type: {@link
 * io.elottery.keyvault.enrol.JoinToken}. Values only, any thread.
 */
@NullMarked
package io.elottery.keyvault.enrol;

import org.jspecify.annotations.NullMarked;
