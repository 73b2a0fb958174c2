package io.elottery.heartbeat.registry.curator;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The fences taken by this process, and the check that goes with each: a write under a fence checks
 * that its hemisphere's node still has the version that taking the fence gave it. Any thread.
 */
final class Fences {
  private final Map<Long, Check> taken = new ConcurrentHashMap<>();

  /** The node and version that show the fence is still the newest. */
  record Check(String path, int version) {}

  void took(long fence, Check check) {
    taken.put(fence, check);
  }

  Optional<Check> check(long fence) {
    return Optional.ofNullable(taken.get(fence));
  }

  /** The fence was found outdated. */
  void drop(long fence) {
    taken.remove(fence);
  }
}
