package io.elottery.controller.hemisphere;

import io.elottery.reports.priority.Priority;

/** Where changes of leadership are recorded for people. On main's loop. */
@FunctionalInterface
public interface HalfEvents {
  /** Nobody is told. */
  HalfEvents NONE = (severity, code, subject, text) -> {};

  /** Records it. */
  void record(Priority severity, String code, String subject, String text);
}
