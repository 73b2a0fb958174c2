/**
 * What an observer saw of a lottery, and what contradicts itself in it. Entry type: {@link
 * io.elottery.lottery.checker.History}. No I/O; one thread at a time.
 */
@NullMarked
package io.elottery.lottery.checker;

import org.jspecify.annotations.NullMarked;
