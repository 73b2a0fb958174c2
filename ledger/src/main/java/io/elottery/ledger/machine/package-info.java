/**
 * What is replicated, as the ledger sees it. Entry type: {@link
 * io.elottery.ledger.machine.ReplicatedMachine}, on the ledger loop.
 */
@NullMarked
package io.elottery.ledger.machine;

import org.jspecify.annotations.NullMarked;
