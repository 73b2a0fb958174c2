/**
 * A worker's side of the ledger. Entry type: {@link io.elottery.ledger.node.LedgerNode}, on the
 * ledger loop.
 */
@NullMarked
package io.elottery.ledger.node;

import org.jspecify.annotations.NullMarked;
