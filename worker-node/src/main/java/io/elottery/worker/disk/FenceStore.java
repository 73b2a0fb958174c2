package io.elottery.worker.disk;

import io.elottery.foundation.id.Hemisphere;
import java.io.IOException;
import java.util.Map;

/** Where a server keeps the highest fences it has seen. On the disk's thread. */
public interface FenceStore {
  /** What was written last; nothing where nothing was. */
  Map<Hemisphere, Long> read();

  /** Replaces it; returned means that a crash does not lose it. */
  void write(Map<Hemisphere, Long> fences) throws IOException;
}
