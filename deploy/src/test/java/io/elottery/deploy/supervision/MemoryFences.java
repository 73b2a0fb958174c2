package io.elottery.deploy.supervision;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.worker.disk.FenceStore;
import java.util.EnumMap;
import java.util.Map;

/** A simulated server's fences: they outlive its processes. */
final class MemoryFences implements FenceStore {
  private final Map<Hemisphere, Long> kept = new EnumMap<>(Hemisphere.class);

  @Override
  public Map<Hemisphere, Long> read() {
    return new EnumMap<>(kept);
  }

  @Override
  public void write(Map<Hemisphere, Long> fences) {
    kept.putAll(fences);
  }
}
