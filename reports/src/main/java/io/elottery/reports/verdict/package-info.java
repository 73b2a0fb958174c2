/**
 * What main concludes about a server. Entry type: {@link io.elottery.reports.verdict.Judgement}.
 * Values only.
 */
@NullMarked
package io.elottery.reports.verdict;

import org.jspecify.annotations.NullMarked;
