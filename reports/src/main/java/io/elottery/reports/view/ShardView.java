package io.elottery.reports.view;

import io.elottery.foundation.id.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * A shard in the picture.
 *
 * @param writer as the freshest report says; empty when none is known
 * @param replicas its members, the writer among them
 */
public record ShardView(int id, Optional<NodeId> writer, List<NodeId> replicas) {
  /** Sorts and copies. */
  public ShardView {
    replicas = replicas.stream().sorted().toList();
  }
}
