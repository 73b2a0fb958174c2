/**
 * Cuts between the processes of a local cluster, without root: their connections lead through one
 * relay, which holds what is cut. Entry type: {@link io.elottery.deploy.cuts.CutRelay}, own thread.
 */
@NullMarked
package io.elottery.deploy.cuts;

import org.jspecify.annotations.NullMarked;
