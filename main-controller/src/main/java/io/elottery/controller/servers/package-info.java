/**
 * Who has announced itself, with which store. Entry type: {@link
 * io.elottery.controller.servers.ServerBook}. On main's loop.
 */
@NullMarked
package io.elottery.controller.servers;

import org.jspecify.annotations.NullMarked;
