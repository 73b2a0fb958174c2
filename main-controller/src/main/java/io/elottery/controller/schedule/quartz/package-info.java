/**
 * Quartz fills the schedule. Entry type: {@link
 * io.elottery.controller.schedule.quartz.QuartzSchedule}. Its own threads; posts to main's loop.
 */
@NullMarked
package io.elottery.controller.schedule.quartz;

import org.jspecify.annotations.NullMarked;
