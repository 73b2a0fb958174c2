/**
 * What gateways saw copies of the ledger answer, judged. Entry type: {@link
 * io.elottery.controller.votes.AnswerDesk}, on main's loop.
 */
@NullMarked
package io.elottery.controller.votes;

import org.jspecify.annotations.NullMarked;
