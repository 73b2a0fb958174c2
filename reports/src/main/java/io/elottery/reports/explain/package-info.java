/**
 * What is wrong with one thing, told in full. Entry type: {@link
 * io.elottery.reports.explain.Explanation}. Values and pure functions.
 */
@NullMarked
package io.elottery.reports.explain;

import org.jspecify.annotations.NullMarked;
