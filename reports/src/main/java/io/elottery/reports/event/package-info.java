/**
 * What happened in the network, numbered. Entry type: {@link io.elottery.reports.event.Event}.
 * Values only.
 */
@NullMarked
package io.elottery.reports.event;

import org.jspecify.annotations.NullMarked;
