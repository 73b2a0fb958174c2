/**
 * A draw's life from opening to certificate. Entry type: {@link
 * io.elottery.lottery.draw.DrawState}. Runs inside the lottery machine, on its one thread.
 */
@NullMarked
package io.elottery.lottery.draw;

import org.jspecify.annotations.NullMarked;
