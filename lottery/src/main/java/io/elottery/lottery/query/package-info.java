/**
 * What the lottery can be asked, with its bytes. Entry type: {@link
 * io.elottery.lottery.query.LotteryQuery}. Values only, any thread.
 */
@NullMarked
package io.elottery.lottery.query;

import org.jspecify.annotations.NullMarked;
