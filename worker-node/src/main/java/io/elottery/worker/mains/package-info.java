/**
 * What a worker has to do with main: enrolment, announcements, keys, orders. Entry type: {@link
 * io.elottery.worker.mains.MainContact}, on the supervision loop.
 */
@NullMarked
package io.elottery.worker.mains;

import org.jspecify.annotations.NullMarked;
