/**
 * What the writer of one shard has to tell another about wagers in other branches. Entry type:
 * {@link io.elottery.lottery.foreign.ForeignErrand}. Values only, any thread.
 */
@NullMarked
package io.elottery.lottery.foreign;

import org.jspecify.annotations.NullMarked;
