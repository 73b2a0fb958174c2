package io.elottery.controller.health;

import io.elottery.reports.trouble.Trouble;
import java.util.List;

/** Told on every main, on its loop, when what is wrong has changed. */
@FunctionalInterface
public interface TroubleListener {
  /**
   * What is wrong now.
   *
   * @param now worst first, causes before what follows from them; empty when nothing is
   */
  void changed(List<Trouble> now);
}
