/**
 * Who muted which trouble, and until when. Entry type: {@link
 * io.elottery.controller.mutes.MuteDesk}. On main's loop.
 */
@NullMarked
package io.elottery.controller.mutes;

import org.jspecify.annotations.NullMarked;
