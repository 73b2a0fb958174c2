/**
 * A worker proves itself: disk, crypto, links, ledger. Entry type: {@link
 * io.elottery.worker.proving.Proof}. Measured on a thread of its own and by messages, never on the
 * supervision loop.
 */
@NullMarked
package io.elottery.worker.proving;

import org.jspecify.annotations.NullMarked;
