/**
 * Games as data: pools, tiers, price, lines. Entry type: {@link io.elottery.lottery.rules.Rules}.
 * Pure, any thread.
 */
@NullMarked
package io.elottery.lottery.rules;

import org.jspecify.annotations.NullMarked;
