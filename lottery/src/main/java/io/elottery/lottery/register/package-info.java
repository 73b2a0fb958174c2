/**
 * What a shard has on record of draws, tickets and games. Entry type: {@link
 * io.elottery.lottery.register.Draw}. Runs inside the lottery machine, on its one thread.
 */
@NullMarked
package io.elottery.lottery.register;

import org.jspecify.annotations.NullMarked;
