/**
 * What protection costs: links and trunks beside plain TCP, in one process over the loopback
 * device. Entry type: {@link io.elottery.deploy.bench.wire.WireBench}; one thread that asks, and
 * one event loop for each end.
 */
@NullMarked
package io.elottery.deploy.bench.wire;

import org.jspecify.annotations.NullMarked;
