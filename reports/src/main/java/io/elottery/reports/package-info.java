/**
 * What servers tell main and what main concludes. Entry type: {@link
 * io.elottery.reports.ReportsKinds}. Values only, any thread.
 */
@NullMarked
package io.elottery.reports;

import org.jspecify.annotations.NullMarked;
