/**
 * A game's file and the files of its past results. Entry type: {@link
 * io.elottery.lottery.results.GameFile}. Pure, any thread.
 */
@NullMarked
package io.elottery.lottery.results;

import org.jspecify.annotations.NullMarked;
