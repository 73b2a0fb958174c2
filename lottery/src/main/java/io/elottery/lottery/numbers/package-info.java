/**
 * Drawing numbers from a seed. Entry type: {@link io.elottery.lottery.numbers.Numbers}. Pure, any
 * thread.
 */
@NullMarked
package io.elottery.lottery.numbers;

import org.jspecify.annotations.NullMarked;
