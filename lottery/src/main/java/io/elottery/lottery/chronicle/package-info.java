/**
 * What happened to the draws of a branch, kept as long as they are, and what plug-ins make of it.
 * Entry types: {@link io.elottery.lottery.chronicle.Chronicle}, {@link
 * io.elottery.lottery.chronicle.Projection}. One thread at a time.
 */
@NullMarked
package io.elottery.lottery.chronicle;

import org.jspecify.annotations.NullMarked;
