/**
 * What a process counts. Entry type: {@link io.elottery.foundation.metrics.ProcessMetrics}, any
 * thread.
 */
@NullMarked
package io.elottery.foundation.metrics;

import org.jspecify.annotations.NullMarked;
