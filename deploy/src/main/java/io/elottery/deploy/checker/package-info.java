/**
 * Buys tickets as anybody could and finds out whether what was promised is kept. Entry type: {@link
 * io.elottery.deploy.checker.Checker}. A thread for each of its players.
 */
@NullMarked
package io.elottery.deploy.checker;

import org.jspecify.annotations.NullMarked;
