package io.elottery.controller.schedule;

import java.util.List;
import java.util.function.Consumer;

/**
 * Says when draws are due. The consumer is called on the schedule's own threads and must not wait:
 * it posts to main's loop. Implementers must not assume that it acts on every call.
 */
public interface DrawSchedule {
  /** Begins; what was due before now is not made up for. */
  void begin(List<ScheduleLine> lines, Consumer<DrawDue> due);

  /** Ends; may be begun again. */
  void end();
}
