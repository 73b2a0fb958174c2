/**
 * Joins the observers' words into verdicts. Entry type: {@link io.elottery.reports.triage.Triage}.
 * Pure, on main's loop.
 */
@NullMarked
package io.elottery.reports.triage;

import org.jspecify.annotations.NullMarked;
