/**
 * How staff divided the servers. Entry type: {@link io.elottery.controller.network.NetworkPlan}.
 * Values only.
 */
@NullMarked
package io.elottery.controller.network;

import org.jspecify.annotations.NullMarked;
