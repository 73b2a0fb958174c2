package io.elottery.lottery.chronicle;

import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.id.DrawRef;
import java.util.Set;
import java.util.SortedMap;

/**
 * What a plug-in makes of what happens to a branch's draws: a view for those who ask, on every copy
 * of the branch's shard. It changes nothing, and decides nothing.
 *
 * <p>It is told of everything in order, also, after a restart, of all that is still kept; so it
 * needs no store. It must not wait, and must hold no more than it is told. One that throws is told
 * nothing more until the next restart, and does no harm. One thread at a time.
 */
public interface Projection {
  /** It happened. */
  void happened(Happening it);

  /** These draws are kept no longer. */
  void forgotten(Set<DrawRef> draws);

  /**
   * Answers.
   *
   * @param question by name, as the asker gave it
   * @throws QuestionRefused naming what is wrong with it
   */
  Json.Fields answer(SortedMap<String, String> question) throws QuestionRefused;
}
