/**
 * From verdicts to orders: what main does about what it finds, at which pace, and what became of
 * it. Entry type: {@link io.elottery.controller.acting.ActingRoom}; the table is {@link
 * io.elottery.controller.acting.ActingTable}. On main's loop.
 */
@NullMarked
package io.elottery.controller.acting;

import org.jspecify.annotations.NullMarked;
