package io.elottery.controller.schedule.quartz;

import io.elottery.controller.schedule.DrawDue;
import io.elottery.controller.schedule.DrawSchedule;
import io.elottery.controller.schedule.ScheduleLine;
import io.elottery.controller.schedule.ScheduleLine.Recurrence;
import java.text.ParseException;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.spi.JobFactory;
import org.quartz.spi.TriggerFiredBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link DrawSchedule} by a Quartz scheduler of its own with two threads, kept in memory. */
public final class QuartzSchedule implements DrawSchedule {
  private static final Logger log = LoggerFactory.getLogger(QuartzSchedule.class);
  private static final AtomicLong NAMES = new AtomicLong(); // Quartz keeps one registry per JVM.

  private @Nullable Scheduler scheduler;

  /**
   * Whether Quartz can read the expression.
   *
   * @throws IllegalArgumentException saying why not
   */
  public static void check(ScheduleLine line) {
    line.when()
        .match(
            new Recurrence.Cases<Boolean>() {
              @Override
              public Boolean every(Recurrence.Every every) {
                return true;
              }

              @Override
              public Boolean cron(Recurrence.Cron cron) {
                try {
                  CronExpression.validateExpression(cron.expression());
                  return true;
                } catch (ParseException wrong) {
                  throw new IllegalArgumentException(
                      "cron \"" + cron.expression() + "\": " + wrong.getMessage(), wrong);
                }
              }
            });
  }

  @Override
  public void begin(List<ScheduleLine> lines, Consumer<DrawDue> due) {
    end();
    if (lines.isEmpty()) {
      return;
    }
    try {
      Properties properties = new Properties();
      properties.setProperty(
          "org.quartz.scheduler.instanceName", "draws-" + NAMES.incrementAndGet());
      properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
      properties.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
      properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
      properties.setProperty("org.quartz.threadPool.threadCount", "2");
      properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
      properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
      Scheduler fresh = new StdSchedulerFactory(properties).getScheduler();
      fresh.setJobFactory(new Posting(lines, due));
      for (int i = 0; i < lines.size(); i++) {
        fresh.scheduleJob(
            JobBuilder.newJob(PostDue.class).withIdentity(Integer.toString(i)).build(),
            trigger(lines.get(i)));
      }
      fresh.start();
      scheduler = fresh;
    } catch (SchedulerException problem) {
      throw new IllegalStateException("draw schedule does not start", problem);
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
      log.warn("draw schedule did not end cleanly", problem);
    }
  }

  // Periods are counted from the epoch, so that every leader names the same openings.
  private static Trigger trigger(ScheduleLine line) {
    return line.when()
        .match(
            new Recurrence.Cases<Trigger>() {
              @Override
              public Trigger every(Recurrence.Every every) {
                return TriggerBuilder.newTrigger()
                    .startAt(new Date(0))
                    .withSchedule(
                        SimpleScheduleBuilder.simpleSchedule()
                            .withIntervalInMilliseconds(every.period().toMillis())
                            .repeatForever()
                            .withMisfireHandlingInstructionNextWithRemainingCount())
                    .build();
              }

              @Override
              public Trigger cron(Recurrence.Cron cron) {
                return TriggerBuilder.newTrigger()
                    .withSchedule(
                        CronScheduleBuilder.cronSchedule(cron.expression())
                            .inTimeZone(TimeZone.getTimeZone("UTC"))
                            .withMisfireHandlingInstructionDoNothing())
                    .build();
              }
            });
  }

  /** Makes jobs that only post. */
  private record Posting(List<ScheduleLine> lines, Consumer<DrawDue> due) implements JobFactory {
    @Override
    public Job newJob(TriggerFiredBundle bundle, Scheduler scheduler) {
      int line = Integer.parseInt(bundle.getJobDetail().getKey().getName());
      return new PostDue(lines.get(line), due);
    }
  }

  /** Posts and ends. */
  private static final class PostDue implements Job {
    private final ScheduleLine line;
    private final Consumer<DrawDue> due;

    PostDue(ScheduleLine line, Consumer<DrawDue> due) {
      this.line = line;
      this.due = due;
    }

    @Override
    public void execute(JobExecutionContext context) {
      due.accept(new DrawDue(line, context.getScheduledFireTime().toInstant()));
    }
  }
}
