/**
 * Health reports as JSON and CSV. Entry types: {@link io.elottery.reports.rendering.HealthJson},
 * {@link io.elottery.reports.rendering.HealthCsv}. Values in, bytes out, on any thread.
 */
@NullMarked
package io.elottery.reports.rendering;

import org.jspecify.annotations.NullMarked;
