/**
 * What trunks and links have in common: who is connected, and the kinds of this module's messages.
 * Entry type: {@link io.elottery.heartbeat.connection.ConnectionListener}, on a connection's
 * thread.
 */
@NullMarked
package io.elottery.heartbeat.connection;

import org.jspecify.annotations.NullMarked;
