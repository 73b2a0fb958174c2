package io.elottery.deploy.checker;

import io.elottery.lottery.checker.Finding;
import io.elottery.lottery.checker.History;
import io.elottery.lottery.checker.Observation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the checker's players saw: in its journal, flushed, before it counts, and judged.
 * Thread-safe.
 */
final class Testimony {
  private final Journal journal;
  private final History history = new History();
  private final Consumer<Finding> told;
  private int toldOf;
  private long lastAckNanos = System.nanoTime();
  private long longestGapNanos;
  private long askedAgain;

  /**
   * @param told of each finding, once
   */
  Testimony(Journal journal, Consumer<Finding> told) {
    this.journal = journal;
    this.told = told;
    journal.before().forEach(history::add);
  }

  /** Joined: before anything is bought. Sent: before it is sent. */
  void before(Observation observation) throws IOException {
    journal.add(observation);
    judge(history -> history.add(observation));
  }

  /** An answer that has come. */
  void answered(Observation observation) throws IOException {
    journal.add(observation);
    judge(history -> history.add(observation));
    if (observation instanceof Observation.Acknowledged) {
      acknowledged();
    }
  }

  private synchronized void acknowledged() {
    long now = System.nanoTime();
    longestGapNanos = Math.max(longestGapNanos, now - lastAckNanos);
    lastAckNanos = now;
  }

  /** No answer came, or none that says what became of it. */
  synchronized void asksAgain() {
    askedAgain++;
  }

  /** Requests that were sent again. */
  synchronized long askedAgain() {
    return askedAgain;
  }

  /** The longest time without any acknowledgement, since the first or since this was asked last. */
  synchronized Duration takeLongestGap() {
    Duration longest = Duration.ofNanos(longestGapNanos);
    longestGapNanos = 0;
    return longest;
  }

  /** Does something with the history that may find something. */
  synchronized void judge(Consumer<History> judgement) {
    judgement.accept(history);
    List<Finding> findings = history.findings();
    for (; toldOf < findings.size(); toldOf++) {
      told.accept(findings.get(toldOf));
    }
  }

  /** Looks at the history. */
  synchronized <T> T look(Function<History, T> question) {
    return question.apply(history);
  }
}
