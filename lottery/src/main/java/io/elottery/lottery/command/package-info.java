/**
 * What the lottery can be told to do, with its bytes. Entry type: {@link
 * io.elottery.lottery.command.LotteryCommand}. Values only, any thread.
 */
@NullMarked
package io.elottery.lottery.command;

import org.jspecify.annotations.NullMarked;
