/**
 * Trunks and links over Netty; the only package that knows its types, and the only one here that
 * knows Bouncy Castle's. Entry types: {@link io.elottery.heartbeat.netty.NettyTrunks} and {@link
 * io.elottery.heartbeat.netty.NettyLinks}. Each keeps all of its connections on one event loop.
 */
@NullMarked
package io.elottery.heartbeat.netty;

import org.jspecify.annotations.NullMarked;
