package io.elottery.reports.history;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.verdict.Verdict;
import java.util.Comparator;
import java.util.List;

/** Keeps the worst of many, in the order of their names. */
final class Worst {
  // worker-2 before worker-10.
  private static final Comparator<NodeId> BY_NAME =
      Comparator.<NodeId>comparingInt(id -> id.name().length()).thenComparing(NodeId::name);
  private static final Comparator<ServerFigures> SERVERS =
      Comparator.comparingDouble(
          figures ->
              figures.verdicts().share(Verdict.UP) + figures.verdicts().share(Verdict.CONSERVED));
  private static final Comparator<LinkFigures> LINKS =
      Comparator.<LinkFigures>comparingLong(
              figures -> -figures.closedMillis() - figures.silentMillis() - figures.oneWayMillis())
          .thenComparingDouble(figures -> -figures.lossShare());

  private Worst() {}

  static List<ServerFigures> servers(List<ServerFigures> all, int most) {
    return all.stream()
        .sorted(SERVERS)
        .limit(most)
        .sorted(Comparator.comparing(ServerFigures::server, BY_NAME))
        .toList();
  }

  static List<LinkFigures> links(List<LinkFigures> all, int most) {
    return all.stream()
        .sorted(LINKS)
        .limit(most)
        .sorted(
            Comparator.<LinkFigures, NodeId>comparing(each -> each.link().from(), BY_NAME)
                .thenComparing(each -> each.link().to(), BY_NAME))
        .toList();
  }
}
