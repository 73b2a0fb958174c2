/**
 * The listener every process has for its keepers. Entry type: {@link
 * io.elottery.foundation.admin.AdminListener}, own thread.
 */
@NullMarked
package io.elottery.foundation.admin;

import org.jspecify.annotations.NullMarked;
