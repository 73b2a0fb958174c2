package io.elottery.controller.schedule;

/**
 * Says when keys that are due are to be looked for. The task is called on the clock's own threads
 * and must not wait: it posts to main's loop.
 */
public interface RotationClock {
  /** Never says anything. */
  RotationClock SILENT =
      new RotationClock() {
        @Override
        public void begin(Runnable due) {}

        @Override
        public void end() {}
      };

  /** Begins. */
  void begin(Runnable due);

  /** Ends; may be begun again. */
  void end();
}
