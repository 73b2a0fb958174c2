/**
 * Supervision as a whole, the processes' own code on simulated servers. Entry type: {@code
 * SupervisionSimulation}. One thread for each seed.
 */
@NullMarked
package io.elottery.deploy.supervision;

import org.jspecify.annotations.NullMarked;
