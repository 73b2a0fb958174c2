/**
 * Mains that stand for the hemispheres, the processes' own code on simulated servers and a model of
 * ZooKeeper. Entry type: {@code HemisphereSimulation}. One thread for each seed.
 */
@NullMarked
package io.elottery.deploy.mains;

import org.jspecify.annotations.NullMarked;
