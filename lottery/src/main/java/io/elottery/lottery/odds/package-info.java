/**
 * Exact odds of a game's tiers. Entry type: {@link io.elottery.lottery.odds.Odds}. Pure, any
 * thread.
 */
@NullMarked
package io.elottery.lottery.odds;

import org.jspecify.annotations.NullMarked;
