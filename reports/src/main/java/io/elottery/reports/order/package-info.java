/**
 * What main tells servers to do. Entry type: {@link io.elottery.reports.order.Order}. FenceGate on
 * the owner's loop.
 */
@NullMarked
package io.elottery.reports.order;

import org.jspecify.annotations.NullMarked;
