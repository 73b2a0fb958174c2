package io.elottery.reports.triage;

import io.elottery.reports.verdict.Evidence;
import io.elottery.reports.verdict.Evidence.Claim;
import java.util.function.Supplier;

/**
 * One observer's word, put into a sentence only when somebody wants to read it.
 *
 * @param weight what an abstention means for the majority
 * @param fresh whether it was given on main's question just now
 */
record Word(String by, Claim claim, Weight weight, boolean fresh, Supplier<String> sentence) {
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
    return new Word(by, claim, Weight.VOTES, false, sentence);
  }

  static Word asked(String by, Claim claim, Supplier<String> sentence) {
    return new Word(by, claim, Weight.VOTES, true, sentence);
  }

  static Word abstains(String by, Weight weight, Supplier<String> sentence) {
    return new Word(by, Claim.ABSTAINS, weight, false, sentence);
  }

  Evidence evidence() {
    return new Evidence(by, claim, sentence.get());
  }
}
