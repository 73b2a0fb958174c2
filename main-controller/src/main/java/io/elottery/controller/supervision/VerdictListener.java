package io.elottery.controller.supervision;

import io.elottery.reports.verdict.Judgement;

/** Told of every verdict that changed in a half this main acts for. On main's loop. */
@FunctionalInterface
public interface VerdictListener {
  /**
   * The verdict changed.
   *
   * @param fence of this main for the judgement's half
   */
  void changed(Judgement judgement, long fence);
}
