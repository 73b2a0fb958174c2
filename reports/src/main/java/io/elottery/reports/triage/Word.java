package io.elottery.reports.triage;

import io.elottery.reports.verdict.Evidence;
import io.elottery.reports.verdict.Evidence.Claim;
import java.util.function.Supplier;

/**
 * One observer's word, put into a sentence only when somebody wants to read it.
 *
 * @param weight what an abstention means for the majority
 * @param fresh how it came to be known
 */
record Word(String by, Claim claim, Weight weight, Fresh fresh, Supplier<String> sentence) {
  /** How much it says about this very moment. */
  enum Fresh {
    /** Given on main's question just now. */
    ASKED,
    /** Not older than main's own hearing may be. */
    RECENT,
    /** It may be otherwise by now. */
    OLD
  }

  /** Whether an observer who says nothing still counts among those who could have heard. */
  enum Weight {
    /** It votes. */
    VOTES,
    /** It may hear the server, but main does not hear it: it counts against a majority. */
    MISSING,
    /** It is dead, doubts itself or has no link: no observer at all. */
    NONE
  }

  static Word vote(String by, Claim claim, Supplier<String> sentence) {
    return new Word(by, claim, Weight.VOTES, Fresh.RECENT, sentence);
  }

  static Word vote(String by, Claim claim, Fresh fresh, Supplier<String> sentence) {
    return new Word(by, claim, Weight.VOTES, fresh, sentence);
  }

  static Word abstains(String by, Weight weight, Supplier<String> sentence) {
    return new Word(by, Claim.ABSTAINS, weight, Fresh.OLD, sentence);
  }

  Evidence evidence() {
    return new Evidence(by, claim, sentence.get());
  }
}
