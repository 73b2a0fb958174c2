/**
 * The calls of the staff port: the network's state, operators, draws, imports, and all that main
 * decides on, handed on to it. Entry type: {@link io.elottery.web.staff.StaffDesk}, on the HTTP
 * loop.
 */
@NullMarked
package io.elottery.web.staff;

import org.jspecify.annotations.NullMarked;
