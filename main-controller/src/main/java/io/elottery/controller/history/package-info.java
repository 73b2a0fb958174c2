/**
 * This main's history of servers and links, and the last reports it took. Entry type: {@link
 * io.elottery.controller.history.HistoryDesk}. On main's loop; files on the disk's executor.
 */
@NullMarked
package io.elottery.controller.history;

import org.jspecify.annotations.NullMarked;
