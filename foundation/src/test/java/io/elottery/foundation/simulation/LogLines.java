package io.elottery.foundation.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/** Counts what is logged while it is open, instead of showing it. */
public final class LogLines implements AutoCloseable {
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.elottery");
  private final boolean additive = ours.isAdditive();
  private final AtomicInteger lines = new AtomicInteger();
  private final AtomicInteger longest = new AtomicInteger();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
            lines.incrementAndGet();
            longest.accumulateAndGet(event.getFormattedMessage().length(), Math::max);
          }
        }
      };

  /** From now on. */
  public LogLines() {
    appender.start();
    ours.addAppender(appender);
    ours.setAdditive(false);
  }

  /** Lines of INFO and above. */
  public int count() {
    return lines.get();
  }

  /** Characters of the longest one. */
  public int longest() {
    return longest.get();
  }

  @Override
  public void close() {
    ours.detachAppender(appender);
    ours.setAdditive(additive);
  }
}
