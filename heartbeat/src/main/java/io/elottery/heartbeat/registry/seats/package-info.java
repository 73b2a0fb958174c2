/**
 * The election of leaders over any store that has sessions and transactions. Entry type: {@link
 * io.elottery.heartbeat.registry.seats.SeatElection}, on a loop of its own.
 */
@NullMarked
package io.elottery.heartbeat.registry.seats;

import org.jspecify.annotations.NullMarked;
