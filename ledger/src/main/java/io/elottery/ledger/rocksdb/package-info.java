/**
 * The adapter of RocksDB, the only place that knows it. Entry type: {@link
 * io.elottery.ledger.rocksdb.RocksStore}, on the ledger loop.
 */
@NullMarked
package io.elottery.ledger.rocksdb;

import org.jspecify.annotations.NullMarked;
