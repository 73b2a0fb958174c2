/**
 * Ticket leaves, the published evidence of a draw, and the parties file. Entry type: {@link
 * io.elottery.lottery.bundle.Bundle}. Pure, any thread.
 */
@NullMarked
package io.elottery.lottery.bundle;

import org.jspecify.annotations.NullMarked;
