/**
 * Games, their past results and the parties file. Entry type: {@link
 * io.elottery.lottery.catalog.PastResults}. Runs inside the lottery machine, on its one thread.
 */
@NullMarked
package io.elottery.lottery.catalog;

import org.jspecify.annotations.NullMarked;
