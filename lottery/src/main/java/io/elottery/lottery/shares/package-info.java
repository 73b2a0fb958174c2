/**
 * Commitments, the seed, and the texts that parties sign. Entry type: {@link
 * io.elottery.lottery.shares.SealedShare}. Pure, any thread.
 */
@NullMarked
package io.elottery.lottery.shares;

import org.jspecify.annotations.NullMarked;
