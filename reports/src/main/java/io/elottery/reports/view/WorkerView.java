package io.elottery.reports.view;

import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.verdict.Judgement;
import java.util.List;

/** A worker in the picture. */
public record WorkerView(Judgement judgement, Location location, List<NodeId> neighbours) {
  /** Sorts and copies. */
  public WorkerView {
    neighbours = neighbours.stream().sorted().toList();
  }
}
