/**
 * What a worker tells main, as JSON. Entry type: {@link io.elottery.reports.report.Report}. Values
 * only.
 */
@NullMarked
package io.elottery.reports.report;

import org.jspecify.annotations.NullMarked;
