package io.elottery.reports.trouble;

import java.util.List;

/**
 * Decides what is wrong: the only place that does. Status, explain, events, alerts, console and API
 * all show what it says.
 */
public final class Troubles {
  private Troubles() {}

  /** All that is wrong in the picture: worst first, and each cause before what follows from it. */
  public static List<Trouble> of(Picture picture) {
    Sight sight = new Sight(picture);
    Findings found = new Findings(picture);
    new MainTroubles(sight).findInto(found);
    new ServerTroubles(sight).findInto(found);
    new LinkTroubles(sight).findInto(found);
    new ShardTroubles(sight).findInto(found);
    new StoreTroubles(sight).findInto(found);
    return found.ordered();
  }
}
