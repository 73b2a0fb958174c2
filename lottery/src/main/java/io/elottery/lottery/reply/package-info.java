/**
 * What became of a command, with its bytes. Entry type: {@link
 * io.elottery.lottery.reply.LotteryReply}. Values only, any thread.
 */
@NullMarked
package io.elottery.lottery.reply;

import org.jspecify.annotations.NullMarked;
