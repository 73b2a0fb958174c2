/**
 * A worker that rests: it writes nothing and says so, until it is released. Entry type: {@link
 * io.elottery.worker.resting.RestDesk}. On the supervision loop.
 */
@NullMarked
package io.elottery.worker.resting;

import org.jspecify.annotations.NullMarked;
