/**
 * The ledger without HTTP beside what it could be replaced by: {@code pgbench}, and the bare Raft
 * core in as many processes. Entry type: {@link io.elottery.deploy.bench.ledger.LedgerRounds}.
 */
@NullMarked
package io.elottery.deploy.bench.ledger;

import org.jspecify.annotations.NullMarked;
