/**
 * Sending envelopes and calls between servers. Entry type: {@link
 * io.elottery.foundation.transport.Switchboard}, on its node's loop.
 */
@NullMarked
package io.elottery.foundation.transport;

import org.jspecify.annotations.NullMarked;
