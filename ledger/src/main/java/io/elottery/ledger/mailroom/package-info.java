/**
 * Routes a command to the writer wherever it is. Entry type: {@link
 * io.elottery.ledger.mailroom.Mailroom}, on its node's loop.
 */
@NullMarked
package io.elottery.ledger.mailroom;

import org.jspecify.annotations.NullMarked;
