/**
 * Work shared among neighbours: an overloaded worker hands writing to those with room. Entry type:
 * {@link io.elottery.worker.sharing.SharingDesk}; the decision is {@link
 * io.elottery.worker.sharing.Sharing}. On the supervision loop.
 */
@NullMarked
package io.elottery.worker.sharing;

import org.jspecify.annotations.NullMarked;
