/**
 * Messages that carry keys over trunks. Entry type: {@link io.elottery.keyvault.keystep.KeyStep}.
 * Values only, any thread.
 */
@NullMarked
package io.elottery.keyvault.keystep;

import org.jspecify.annotations.NullMarked;
