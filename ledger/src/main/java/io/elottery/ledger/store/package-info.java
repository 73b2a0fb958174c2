/**
 * Where a worker's logs rest. Entry type: {@link io.elottery.ledger.store.DurableStore}, on the
 * ledger loop.
 */
@NullMarked
package io.elottery.ledger.store;

import org.jspecify.annotations.NullMarked;
