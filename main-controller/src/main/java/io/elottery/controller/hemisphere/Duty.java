package io.elottery.controller.hemisphere;

import io.elottery.foundation.id.Hemisphere;

/** Something that only the acting leader of a half does. Called on main's loop. */
public interface Duty {
  /**
   * This main acts for the half from now on; its fence is announced.
   *
   * @param fence to be carried by every order and record
   */
  void begin(Hemisphere hemisphere, long fence);

  /** It no longer does: nothing more may go out in the half's name. */
  void end(Hemisphere hemisphere);
}
