/**
 * What a party of a draw does next. Entry type: {@link io.elottery.lottery.party.PartyMachine}.
 * Pure, any thread.
 */
@NullMarked
package io.elottery.lottery.party;

import org.jspecify.annotations.NullMarked;
