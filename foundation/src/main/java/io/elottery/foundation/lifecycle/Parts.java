package io.elottery.foundation.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts started in the order given and stopped in reverse; a failed start stops what ran. */
public final class Parts implements Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(Parts.class);

  private final List<Lifecycle> parts;
  private final Deque<Lifecycle> running = new ArrayDeque<>();

  /** In starting order. */
  public Parts(List<? extends Lifecycle> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public void start() {
    try {
      for (Lifecycle part : parts) {
        running.push(part);
        part.start();
      }
    } catch (RuntimeException | Error failed) {
      close();
      throw failed;
    }
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      Lifecycle part = running.pop();
      try {
        part.close();
      } catch (RuntimeException problem) {
        log.warn("{} did not stop cleanly", part.getClass().getSimpleName(), problem);
      }
    }
  }
}
