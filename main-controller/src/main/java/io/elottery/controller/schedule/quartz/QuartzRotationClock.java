package io.elottery.controller.schedule.quartz;

import io.elottery.controller.schedule.RotationClock;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link RotationClock} by a Quartz scheduler of its own with one thread, kept in memory. */
public final class QuartzRotationClock implements RotationClock {
  private static final Logger log = LoggerFactory.getLogger(QuartzRotationClock.class);
  private static final AtomicLong NAMES = new AtomicLong(); // Quartz keeps one registry per JVM.

  private final Duration period;
  private @Nullable Scheduler scheduler;

  /**
   * @param period between two looks
   */
  public QuartzRotationClock(Duration period) {
    this.period = period;
  }

  @Override
  public void begin(Runnable due) {
    end();
    try {
      Properties properties = new Properties();
      properties.setProperty(
          "org.quartz.scheduler.instanceName", "keys-" + NAMES.incrementAndGet());
      properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
      properties.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
      properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
      properties.setProperty("org.quartz.threadPool.threadCount", "1");
      properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
      properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
      Scheduler fresh = new StdSchedulerFactory(properties).getScheduler();
      fresh.setJobFactory((bundle, scheduler) -> (Job) context -> due.run());
      fresh.scheduleJob(
          JobBuilder.newJob(Due.class).withIdentity("due").build(),
          TriggerBuilder.newTrigger()
              .withSchedule(
                  SimpleScheduleBuilder.simpleSchedule()
                      .withIntervalInMilliseconds(period.toMillis())
                      .repeatForever())
              .build());
      fresh.start();
      scheduler = fresh;
    } catch (SchedulerException problem) {
      throw new IllegalStateException("rotation schedule does not start", problem);
    }
  }

  @Override
  public void end() {
    Scheduler running = scheduler;
    scheduler = null;
    if (running == null) {
      return;
    }
    try {
      running.shutdown(false);
    } catch (SchedulerException problem) {
      log.warn("rotation schedule did not end cleanly", problem);
    }
  }

  // Names the job; the scheduler's factory makes what runs.
  private abstract static class Due implements Job {}
}
