/**
 * Troubles that are known and shall not alert for a while. Entry type: {@link
 * io.elottery.reports.mute.MuteWatch}. Values, and a machine on main's loop.
 */
@NullMarked
package io.elottery.reports.mute;

import org.jspecify.annotations.NullMarked;
