/**
 * The map from actor to shard and from shard to workers. Entry type: {@link
 * io.elottery.ledger.ring.Ring}. Values only, any thread.
 */
@NullMarked
package io.elottery.ledger.ring;

import org.jspecify.annotations.NullMarked;
