package io.elottery.keyvault.rotation;

import io.elottery.foundation.id.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Orders links so that no two of one wave share a worker. */
public final class Waves {
  private Waves() {}

  /** Each link in the first wave that has room for it, in the order of their names. */
  public static List<List<LinkName>> of(Collection<LinkName> links) {
    List<List<LinkName>> waves = new ArrayList<>();
    List<TreeSet<NodeId>> busy = new ArrayList<>();
    for (LinkName link : new TreeSet<>(links)) {
      int wave = 0;
      while (wave < waves.size() && link.ends().stream().anyMatch(busy.get(wave)::contains)) {
        wave++;
      }
      if (wave == waves.size()) {
        waves.add(new ArrayList<>());
        busy.add(new TreeSet<>());
      }
      waves.get(wave).add(link);
      busy.get(wave).addAll(link.ends());
    }
    return waves.stream().map(List::copyOf).toList();
  }
}
