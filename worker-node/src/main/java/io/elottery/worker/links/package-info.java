/**
 * Which links are open. Entry type: {@link io.elottery.worker.links.LinkKeeper}, on the supervision
 * loop.
 */
@NullMarked
package io.elottery.worker.links;

import org.jspecify.annotations.NullMarked;
