/**
 * Tickets per second beside another stack, in one run. Entry type: {@link
 * io.elottery.deploy.bench.tickets.TicketRounds}, on the calling thread.
 */
@NullMarked
package io.elottery.deploy.bench.tickets;

import org.jspecify.annotations.NullMarked;
