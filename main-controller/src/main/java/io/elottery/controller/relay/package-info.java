/**
 * Calls that main passes on to the writers, for those who reach no worker. Entry type: {@link
 * io.elottery.controller.relay.Relay}. On a loop of its own, so that supervision never waits.
 */
@NullMarked
package io.elottery.controller.relay;

import org.jspecify.annotations.NullMarked;
