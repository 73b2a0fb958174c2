/**
 * Connections between two workers under a key of their own. Entry type: {@link
 * io.elottery.heartbeat.link.Links}, on any thread.
 */
@NullMarked
package io.elottery.heartbeat.link;

import org.jspecify.annotations.NullMarked;
