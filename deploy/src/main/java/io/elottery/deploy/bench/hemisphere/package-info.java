/**
 * One hemisphere over thousands of simulated workers: main's own intake, triage and supervision
 * with reports as they are on the wire. Entry type: {@link
 * io.elottery.deploy.bench.hemisphere.HemisphereBench}, on the calling thread, waiting.
 */
@NullMarked
package io.elottery.deploy.bench.hemisphere;

import org.jspecify.annotations.NullMarked;
