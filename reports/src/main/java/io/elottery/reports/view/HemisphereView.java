package io.elottery.reports.view;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * A hemisphere in the picture.
 *
 * @param leader who acts for it; empty between two leaders
 * @param fence of that leader; the last known one between two leaders
 * @param substitutes who stands by, in order of succession
 * @param covers the hemispheres its leader acts for: both when the other half died out
 */
public record HemisphereView(
    Hemisphere hemisphere,
    Optional<NodeId> leader,
    long fence,
    List<NodeId> substitutes,
    List<Hemisphere> covers) {
  /** Copies. */
  public HemisphereView {
    substitutes = List.copyOf(substitutes);
    covers = List.copyOf(covers);
  }
}
