/** Actors replicated over Raft. Entry type: {@link io.elottery.ledger.LedgerKinds}. */
@NullMarked
package io.elottery.ledger;

import org.jspecify.annotations.NullMarked;
