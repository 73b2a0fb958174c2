package io.elottery.reports.mute;

/**
 * A mute that is over.
 *
 * @param because for a person, a clause: {@code the trouble ended}
 */
public record MuteEnd(Mute mute, Reason reason, String because) {
  /** Why a mute ends. */
  public enum Reason {
    /** What it covered is no more. */
    TROUBLE_ENDED,
    /** It got worse, or something worse befell the subject. */
    TROUBLE_WORSENED,
    /** Its time is over. */
    TIME_OVER,
    /** Somebody ended it. */
    BY_HAND
  }
}
