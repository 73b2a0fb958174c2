/**
 * Who is in the network and where. Entry type: {@link io.elottery.reports.roster.Roster}. Values
 * only.
 */
@NullMarked
package io.elottery.reports.roster;

import org.jspecify.annotations.NullMarked;
