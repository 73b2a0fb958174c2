/**
 * What a worker measured when it was told to prove itself. Entry type: {@link
 * io.elottery.reports.capacity.CapacityResult}. Values only.
 */
@NullMarked
package io.elottery.reports.capacity;

import org.jspecify.annotations.NullMarked;
