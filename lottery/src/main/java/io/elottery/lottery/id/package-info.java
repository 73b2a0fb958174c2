/**
 * Names of the lottery's things, each a type of its own. Entry type: {@link
 * io.elottery.lottery.id.DrawRef}. Values only, any thread.
 */
@NullMarked
package io.elottery.lottery.id;

import org.jspecify.annotations.NullMarked;
