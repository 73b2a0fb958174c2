/**
 * How servers and links were, minute by minute, and which reports never came. Entry types: {@link
 * io.elottery.reports.history.HealthRecorder} makes the buckets, {@link
 * io.elottery.reports.history.HealthReport} tells what they say. Values and machines without I/O,
 * on main's loop.
 */
@NullMarked
package io.elottery.reports.history;

import org.jspecify.annotations.NullMarked;
