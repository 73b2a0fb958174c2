package io.elottery.controller.hemisphere;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.util.List;

/**
 * Decides whether this main stands for a half. Pure: asked every {@link #ASK_MILLIS}.
 *
 * <pre>
 * meant for it           stands at once, for good
 * substitute             stands once somebody stands, or nobody did for {@value #SUBSTITUTE_ASKS} asks
 * meant for the other    stands when nobody did for {@value #COVER_ASKS} asks (that half died out);
 *                        steps back as soon as somebody else stands
 * </pre>
 */
public final class Candidacy {
  /** How often it is asked. */
  public static final long ASK_MILLIS = 500;

  private static final int SUBSTITUTE_ASKS = 4;
  private static final int COVER_ASKS = 8;

  private final Hemisphere hemisphere;
  private final Preference preference;
  private final NodeId self;
  private int asksWithoutOthers;

  /** For one half. */
  public Candidacy(Hemisphere hemisphere, Preference preference, NodeId self) {
    this.hemisphere = hemisphere;
    this.preference = preference;
    this.self = self;
  }

  /**
   * Whether to stand.
   *
   * @param stands whether it does already
   * @param candidates who stands now, as far as is known
   */
  public boolean shouldStand(boolean stands, List<NodeId> candidates) {
    boolean others = candidates.stream().anyMatch(id -> !id.equals(self));
    asksWithoutOthers = others ? 0 : asksWithoutOthers + 1;
    if (preference.isFor(hemisphere)) {
      return true;
    }
    if (preference == Preference.BOTH) {
      return stands || others || asksWithoutOthers > SUBSTITUTE_ASKS;
    }
    return !others && (stands || asksWithoutOthers > COVER_ASKS);
  }
}
