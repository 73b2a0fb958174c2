/**
 * Customers and operators of a branch. Entry type: {@link io.elottery.lottery.player.Player}. Runs
 * inside the lottery machine, on its one thread.
 */
@NullMarked
package io.elottery.lottery.player;

import org.jspecify.annotations.NullMarked;
