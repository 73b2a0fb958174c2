/**
 * The bounded queue before triage. Entry type: {@link io.elottery.reports.intake.IntakeQueue}. On
 * main's loop.
 */
@NullMarked
package io.elottery.reports.intake;

import org.jspecify.annotations.NullMarked;
