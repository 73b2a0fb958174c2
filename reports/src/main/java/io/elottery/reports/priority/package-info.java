/**
 * How urgent a report is. Entry type: {@link io.elottery.reports.priority.Priority}. Values only.
 */
@NullMarked
package io.elottery.reports.priority;

import org.jspecify.annotations.NullMarked;
