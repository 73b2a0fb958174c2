/**
 * Reports to main. Entry type: {@link io.elottery.worker.reporting.ReportDesk}, on the supervision
 * loop.
 */
@NullMarked
package io.elottery.worker.reporting;

import org.jspecify.annotations.NullMarked;
