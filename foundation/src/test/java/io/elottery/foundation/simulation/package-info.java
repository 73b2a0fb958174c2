/**
 * A whole network in one thread and virtual time, every run of it decided by a seed. Entry type:
 * {@link io.elottery.foundation.simulation.SimWorld}.
 */
@NullMarked
package io.elottery.foundation.simulation;

import org.jspecify.annotations.NullMarked;
