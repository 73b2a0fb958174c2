/**
 * What is wrong now, decided in one place for command, console, events and alerts. Entry type:
 * {@link io.elottery.reports.trouble.Troubles}. Values and pure functions.
 */
@NullMarked
package io.elottery.reports.trouble;

import org.jspecify.annotations.NullMarked;
