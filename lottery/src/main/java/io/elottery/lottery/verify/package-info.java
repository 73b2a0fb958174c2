/**
 * Checking a bundle offline. Entry type: {@link io.elottery.lottery.verify.BundleVerifier}. Pure,
 * any thread.
 */
@NullMarked
package io.elottery.lottery.verify;

import org.jspecify.annotations.NullMarked;
