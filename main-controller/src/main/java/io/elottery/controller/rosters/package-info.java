/**
 * Writes, keeps and pushes the roster. Entry type: {@link
 * io.elottery.controller.rosters.RosterKeeper}. On main's loop.
 */
@NullMarked
package io.elottery.controller.rosters;

import org.jspecify.annotations.NullMarked;
