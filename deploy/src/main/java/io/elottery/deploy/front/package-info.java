/**
 * The one address of several gateways. Entry type: {@link io.elottery.deploy.front.TcpFront}, own
 * thread.
 */
@NullMarked
package io.elottery.deploy.front;

import org.jspecify.annotations.NullMarked;
