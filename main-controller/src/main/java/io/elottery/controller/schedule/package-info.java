/**
 * When draws open. Entry type: {@link io.elottery.controller.schedule.ScheduleLine}. Values only.
 */
@NullMarked
package io.elottery.controller.schedule;

import org.jspecify.annotations.NullMarked;
