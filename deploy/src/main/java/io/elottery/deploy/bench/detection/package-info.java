/**
 * How fast main knows that a server is dead or silent, and how often it is wrong: real processes,
 * killed and stopped. Entry type: {@link io.elottery.deploy.bench.detection.DetectionBench}, on the
 * calling thread, waiting.
 */
@NullMarked
package io.elottery.deploy.bench.detection;

import org.jspecify.annotations.NullMarked;
