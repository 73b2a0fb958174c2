/**
 * Workers with real replicas, a lottery on them and everything that goes wrong, in simulated time.
 * Entry type: {@link io.elottery.worker.town.Trial}. One thread for each run.
 */
@NullMarked
package io.elottery.worker.town;

import org.jspecify.annotations.NullMarked;
