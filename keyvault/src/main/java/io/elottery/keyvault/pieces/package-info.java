/**
 * Key pieces: what officers keep on paper and give one by one to open the vault. Entry type: {@link
 * io.elottery.keyvault.pieces.Unsealing}. Values only, any thread.
 */
@NullMarked
package io.elottery.keyvault.pieces;

import org.jspecify.annotations.NullMarked;
