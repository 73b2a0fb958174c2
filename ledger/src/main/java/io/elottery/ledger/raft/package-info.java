/**
 * The adapter of MicroRaft, the only place that knows it. Entry type: {@link
 * io.elottery.ledger.raft.RaftGroup}, on the ledger loop.
 */
@NullMarked
package io.elottery.ledger.raft;

import org.jspecify.annotations.NullMarked;
