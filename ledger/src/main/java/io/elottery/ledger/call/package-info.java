/**
 * What a client and the writer say to each other. Entry type: {@link
 * io.elottery.ledger.call.CommandCall}. Values only, any thread.
 */
@NullMarked
package io.elottery.ledger.call;

import org.jspecify.annotations.NullMarked;
