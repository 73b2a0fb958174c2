/**
 * The replicated state of one shard: decide, apply, ask, snapshot. Entry type: {@link
 * io.elottery.lottery.machine.LotteryMachine}. One thread at a time, no clock, no chance of its
 * own.
 */
@NullMarked
package io.elottery.lottery.machine;

import org.jspecify.annotations.NullMarked;
