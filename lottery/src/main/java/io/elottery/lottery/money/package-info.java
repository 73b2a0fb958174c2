/**
 * Amounts in minor units. Entry type: {@link io.elottery.lottery.money.Money}. Values only, any
 * thread.
 */
@NullMarked
package io.elottery.lottery.money;

import org.jspecify.annotations.NullMarked;
