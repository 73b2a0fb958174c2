/**
 * What mains keep in common: who leads, under which fence, and a few small records. Entry type:
 * {@link io.elottery.heartbeat.registry.Registry}, on any thread, nothing waits.
 */
@NullMarked
package io.elottery.heartbeat.registry;

import org.jspecify.annotations.NullMarked;
