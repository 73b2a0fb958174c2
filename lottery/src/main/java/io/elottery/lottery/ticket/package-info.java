/**
 * Wagers, tickets and receipts. Entry type: {@link io.elottery.lottery.ticket.Receipt}. Values
 * only, any thread.
 */
@NullMarked
package io.elottery.lottery.ticket;

import org.jspecify.annotations.NullMarked;
