package io.elottery.reports.triage;

import io.elottery.reports.triage.Word.Fresh;
import io.elottery.reports.verdict.Evidence.Claim;
import java.util.List;

/**
 * The words on one server, counted.
 *
 * @param heard votes that it is heard
 * @param silent votes that it is not
 * @param gone votes that nobody is there
 * @param missing observers that main does not hear
 * @param oldSilent the silent ones who may hear it by now
 * @param freshlySilent the silent ones who looked again on main's question
 * @param freshlyHeard those who heard it when they did
 */
record Tally(
    int heard,
    int silent,
    int gone,
    int missing,
    int oldSilent,
    int freshlySilent,
    int freshlyHeard) {
  static Tally of(List<Word> words) {
    int heard = 0;
    int silent = 0;
    int gone = 0;
    int missing = 0;
    int oldSilent = 0;
    int freshlySilent = 0;
    int freshlyHeard = 0;
    for (Word word : words) {
      heard += word.claim() == Claim.HEARD ? 1 : 0;
      gone += word.claim() == Claim.GONE ? 1 : 0;
      silent += word.claim() == Claim.SILENT ? 1 : 0;
      oldSilent += word.claim() == Claim.SILENT && word.fresh() == Fresh.OLD ? 1 : 0;
      freshlySilent += word.claim() == Claim.SILENT && word.fresh() == Fresh.ASKED ? 1 : 0;
      freshlyHeard += word.claim() == Claim.HEARD && word.fresh() == Fresh.ASKED ? 1 : 0;
      missing += word.weight() == Word.Weight.MISSING ? 1 : 0;
    }
    return new Tally(heard, silent, gone, missing, oldSilent, freshlySilent, freshlyHeard);
  }

  int votes() {
    return heard + silent + gone;
  }

  /** Most of those who vote hear it. */
  boolean mostHear() {
    return 2 * heard > votes();
  }

  /** Most of those who vote found its address closed, or main did and nobody hears it. */
  boolean mostGone(boolean mainSaysGone) {
    return 2 * gone > votes() || (mainSaysGone && heard == 0);
  }

  /** Most of all who could hear it do not, however those vote that main does not reach. */
  boolean mostSilent() {
    return 2 * (silent + gone) > votes() + missing;
  }

  /** The same by words that are not old. */
  boolean mostSilentNow() {
    return 2 * (silent - oldSilent + gone) > votes() + missing;
  }

  /**
   * The same, and all of them looked again just now and nobody who did heard it; main, who asked,
   * is one of them.
   */
  boolean mostSilentWhenAsked() {
    return freshlySilent > 0
        && freshlyHeard == 0
        && 2 * (1 + freshlySilent + gone) > votes() + missing;
  }
}
