package io.elottery.controller.hemisphere;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.util.List;

/**
 * Decides whether this main stands for a half. Pure: asked every {@link #ASK_MILLIS}.
 *
 * <pre>
 * meant for it           stands at once, for good
 * substitute             stands once somebody stands, or nobody did for a while
 * meant for the other    stands when nobody did for a while (that half died out); gives back when
 *                        somebody else stands, unless it would then act for nothing
 * </pre>
 *
 * <p>The while is short when somebody stood before and is gone, and longer at the start, when those
 * who are meant for the half may only be late.
 */
public final class Candidacy {
  /** How often it is asked. */
  public static final long ASK_MILLIS = 250;

  private static final int SUBSTITUTE_ASKS = 8;
  private static final int COVER_ASKS = 16;
  // After somebody stood and is gone: at once.
  private static final int GONE_ASKS = 0;
  // Of several that cover at once the registry has chosen one by then.
  private static final int STEP_BACK_ASKS = 8;

  private final Hemisphere hemisphere;
  private final Preference preference;
  private final NodeId self;
  private int asksWithoutOthers;
  private int asksWithOthers;
  private boolean othersStood;

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
   * @param acts whether this main acts for the half, and for no other
   * @param candidates who stands now, as far as is known
   */
  public boolean shouldStand(boolean stands, boolean acts, List<NodeId> candidates) {
    boolean others = candidates.stream().anyMatch(id -> !id.equals(self));
    asksWithoutOthers = others ? 0 : asksWithoutOthers + 1;
    asksWithOthers = others ? asksWithOthers + 1 : 0;
    othersStood |= others;
    if (preference.isFor(hemisphere)) {
      return true;
    }
    if (preference == Preference.BOTH) {
      return stands || others || nobodyFor(SUBSTITUTE_ASKS);
    }
    return stands ? !others || acts || asksWithOthers <= STEP_BACK_ASKS : nobodyFor(COVER_ASKS);
  }

  private boolean nobodyFor(int asks) {
    return asksWithoutOthers > (othersStood ? GONE_ASKS : asks);
  }
}
