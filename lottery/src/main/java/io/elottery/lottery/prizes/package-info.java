/**
 * Counting winners and dividing the money. Entry type: {@link io.elottery.lottery.prizes.Winners}.
 * Pure, any thread.
 */
@NullMarked
package io.elottery.lottery.prizes;

import org.jspecify.annotations.NullMarked;
