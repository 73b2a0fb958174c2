/**
 * The registry's ports on ZooKeeper by Curator, over TLS. Entry type: {@link
 * io.elottery.heartbeat.registry.curator.CuratorRegistry}. Completes and calls on its own and
 * Curator's threads.
 */
@NullMarked
package io.elottery.heartbeat.registry.curator;

import org.jspecify.annotations.NullMarked;
