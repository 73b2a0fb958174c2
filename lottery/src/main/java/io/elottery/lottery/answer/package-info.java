/**
 * What the lottery answers to a query, with its bytes. Entry type: {@link
 * io.elottery.lottery.answer.LotteryAnswer}. Values only, any thread.
 */
@NullMarked
package io.elottery.lottery.answer;

import org.jspecify.annotations.NullMarked;
