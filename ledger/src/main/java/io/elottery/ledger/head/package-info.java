/**
 * What a shard's history hashes to, and who signed that. Entry type: {@link
 * io.elottery.ledger.head.Chain}, on the ledger loop; the records anywhere.
 */
@NullMarked
package io.elottery.ledger.head;

import org.jspecify.annotations.NullMarked;
