/**
 * Planned changes of a half's leader. Entry type: {@link
 * io.elottery.controller.switchover.SwitchoverDesk}. On main's loop.
 */
@NullMarked
package io.elottery.controller.switchover;

import org.jspecify.annotations.NullMarked;
