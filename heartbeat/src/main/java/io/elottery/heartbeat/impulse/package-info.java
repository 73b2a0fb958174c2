/**
 * Heartbeats between neighbours. Entry type: {@link io.elottery.heartbeat.impulse.ImpulseExchange},
 * on the supervision loop.
 */
@NullMarked
package io.elottery.heartbeat.impulse;

import org.jspecify.annotations.NullMarked;
