/**
 * Which group of actors, and where in its history. Entry type: {@link
 * io.elottery.ledger.shard.ShardId}. Values only, any thread.
 */
@NullMarked
package io.elottery.ledger.shard;

import org.jspecify.annotations.NullMarked;
