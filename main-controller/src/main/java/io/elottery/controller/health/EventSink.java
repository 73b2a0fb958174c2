package io.elottery.controller.health;

import io.elottery.reports.priority.Priority;

/**
 * Where every desk records what is worth knowing later. On main's loop.
 *
 * <p>The main that acts for LEFT numbers it; any other main's is passed to it, kept while nobody
 * acts, and recorded once. Never fails; when too many wait the oldest is lost and logged.
 */
@FunctionalInterface
public interface EventSink {
  /**
   * Records it.
   *
   * @param code upper case, for programs: {@code ORDER_GIVEN}, {@code TAKE_OVER}
   * @param subject what it is about: {@code worker-7}, {@code LEFT}, {@code shard-3} …
   * @param text one sentence for a person; no secret, no player
   */
  void record(Priority severity, String code, String subject, String text);
}
