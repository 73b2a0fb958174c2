/**
 * The gateway's place in the network: enrolment, trunks, roster. Entry type: {@link
 * io.elottery.web.network.GatewayNetwork}, on the gateway's loop.
 */
@NullMarked
package io.elottery.web.network;

import org.jspecify.annotations.NullMarked;
