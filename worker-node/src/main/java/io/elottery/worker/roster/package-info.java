/**
 * The roster a worker acts by. Entry type: {@link io.elottery.worker.roster.RosterDesk}, on the
 * supervision loop.
 */
@NullMarked
package io.elottery.worker.roster;

import org.jspecify.annotations.NullMarked;
