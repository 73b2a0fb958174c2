package io.elottery.deploy.supervision;

import io.elottery.controller.supervision.SupervisionConfig;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.simulation.SimRandom;
import io.elottery.heartbeat.detector.DetectorConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Shapes of networks: who is whose neighbour. */
final class Towns {
  private static final int NEIGHBOURS_MAX = 20;

  private Towns() {}

  /** The defaults, but for a small intake that floods fill. */
  static Town.Config config(Duration interval) {
    return new Town.Config(
        DetectorConfig.every(interval),
        SupervisionConfig.from(ConfigSource.of(Map.of("reports.intake", "50"))));
  }

  static List<NodeId> names(int count) {
    return names("worker-", count);
  }

  static List<NodeId> names(String kind, int count) {
    List<NodeId> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      names.add(NodeId.of(kind + i));
    }
    return names;
  }

  /** One of the shapes, by chance. */
  static Map<NodeId, TreeSet<NodeId>> any(int count, SimRandom chance) {
    int most = Math.min(NEIGHBOURS_MAX, count - 1);
    return switch (chance.nextInt(8)) {
      case 0 -> circulant(count, 1);
      case 1 -> bridge(count);
      case 2 -> circulant(count, most / 2);
      case 3 -> random(count, 1 + chance.nextInt(Math.max(1, Math.min(4, most / 2))), chance);
      case 4 -> circulant(count, chance.nextInt(3) == 0 ? 0 : 2);
      case 5 -> circulant(count, chance.nextInt(most / 2 + 1));
      default -> circulant(count, 2);
    };
  }

  /** Each knows that many on either side of it; 1 is a ring. */
  static Map<NodeId, TreeSet<NodeId>> circulant(int count, int reach) {
    Map<NodeId, TreeSet<NodeId>> map = alone(count);
    List<NodeId> names = names(count);
    for (int i = 0; i < count; i++) {
      for (int step = 1; step <= reach; step++) {
        join(map, names.get(i), names.get((i + step) % count));
      }
    }
    return map;
  }

  /** Each has exactly that many neighbours; the count is even. */
  static Map<NodeId, TreeSet<NodeId>> regular(int count, int neighbours) {
    Map<NodeId, TreeSet<NodeId>> map = circulant(count, neighbours / 2);
    List<NodeId> names = names(count);
    for (int i = 0; i < count / 2 && neighbours % 2 == 1; i++) {
      join(map, names.get(i), names.get(i + count / 2));
    }
    return map;
  }

  /** Two groups, full if small, and one link between them. */
  static Map<NodeId, TreeSet<NodeId>> bridge(int count) {
    Map<NodeId, TreeSet<NodeId>> map = alone(count);
    List<NodeId> names = names(count);
    int half = count / 2;
    for (int i = 0; i < count; i++) {
      for (int j = i + 1; j < Math.min(count, i + 1 + NEIGHBOURS_MAX / 2); j++) {
        if ((i < half) == (j < half)) {
          join(map, names.get(i), names.get(j));
        }
      }
    }
    join(map, names.get(0), names.get(count - 1));
    return map;
  }

  private static Map<NodeId, TreeSet<NodeId>> random(int count, int each, SimRandom chance) {
    Map<NodeId, TreeSet<NodeId>> map = alone(count);
    List<NodeId> names = names(count);
    for (NodeId name : names) {
      for (int i = 0; i < each; i++) {
        join(map, name, names.get(chance.nextInt(count)));
      }
    }
    return map;
  }

  private static Map<NodeId, TreeSet<NodeId>> alone(int count) {
    Map<NodeId, TreeSet<NodeId>> map = new TreeMap<>();
    names(count).forEach(name -> map.put(name, new TreeSet<>()));
    return map;
  }

  private static void join(Map<NodeId, TreeSet<NodeId>> map, NodeId a, NodeId b) {
    if (!a.equals(b)) {
      Objects.requireNonNull(map.get(a)).add(b);
      Objects.requireNonNull(map.get(b)).add(a);
    }
  }
}
