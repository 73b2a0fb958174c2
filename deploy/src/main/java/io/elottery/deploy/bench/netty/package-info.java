/**
 * The yardstick for links and trunks: the same library and framing without any protection. Entry
 * type: {@link io.elottery.deploy.bench.netty.PlainTcp}; each of its ends has one event loop.
 */
@NullMarked
package io.elottery.deploy.bench.netty;

import org.jspecify.annotations.NullMarked;
