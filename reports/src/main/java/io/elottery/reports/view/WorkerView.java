package io.elottery.reports.view;

import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.reports.verdict.Judgement;
import java.util.List;

/**
 * A worker in the picture.
 *
 * @param load permille, as its last report says; negative when it never said
 */
public record WorkerView(
    Judgement judgement, Location location, List<NodeId> neighbours, int load) {
  /** One that never said how busy it is. */
  public WorkerView(Judgement judgement, Location location, List<NodeId> neighbours) {
    this(judgement, location, neighbours, -1);
  }

  /** Sorts and copies. */
  public WorkerView {
    neighbours = neighbours.stream().sorted().toList();
  }
}
