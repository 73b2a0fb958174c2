/**
 * The replicas a worker holds. Entry type: {@link io.elottery.worker.shards.Replicas}, any thread;
 * the work is done on the ledger loop.
 */
@NullMarked
package io.elottery.worker.shards;

import org.jspecify.annotations.NullMarked;
