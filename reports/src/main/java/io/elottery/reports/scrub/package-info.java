/**
 * What became of reading everything at rest back. Entry type: {@link
 * io.elottery.reports.scrub.Scrub}. Values only, any thread.
 */
@NullMarked
package io.elottery.reports.scrub;

import org.jspecify.annotations.NullMarked;
