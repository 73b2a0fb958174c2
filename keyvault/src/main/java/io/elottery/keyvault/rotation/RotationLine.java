package io.elottery.keyvault.rotation;

/**
 * One link of a plan.
 *
 * @param link which
 * @param target the epoch it gets, 0 until it begins
 * @param state how far it is
 * @param why in words, for what failed
 */
public record RotationLine(LinkName link, int target, State state, String why) {
  /** How far one link is. */
  public enum State {
    /** Its wave has not begun. */
    PENDING,
    /** Being rotated. */
    RUNNING,
    /** Both ends use the new epoch and destroyed the older. */
    DONE,
    /** Taken back, blocked or late. */
    FAILED,
    /** The plan stopped before its turn. */
    LEFT_OUT
  }

  /** A link whose turn has not come. */
  public static RotationLine pending(LinkName link) {
    return new RotationLine(link, 0, State.PENDING, "");
  }

  RotationLine running(int epoch) {
    return new RotationLine(link, epoch, State.RUNNING, "");
  }

  RotationLine ended(State how, String because) {
    return new RotationLine(link, target, how, because);
  }

  /** Whether nothing more comes of it. */
  public boolean isOver() {
    return state != State.PENDING && state != State.RUNNING;
  }
}
