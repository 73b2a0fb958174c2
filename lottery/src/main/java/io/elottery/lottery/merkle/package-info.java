/**
 * The tree over a draw's leaves (RFC 6962). Entry type: {@link
 * io.elottery.lottery.merkle.MerkleTree}. Pure, any thread.
 */
@NullMarked
package io.elottery.lottery.merkle;

import org.jspecify.annotations.NullMarked;
