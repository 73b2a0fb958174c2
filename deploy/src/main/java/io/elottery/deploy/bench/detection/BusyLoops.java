package io.elottery.deploy.bench.detection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Processes that use all the processor time they get, until closed. */
final class BusyLoops implements AutoCloseable {
  private final List<Process> loops = new ArrayList<>();
  private final Thread atExit = new Thread(this::end);

  BusyLoops(int count) throws IOException {
    Runtime.getRuntime().addShutdownHook(atExit);
    for (int i = 0; i < count; i++) {
      loops.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
    }
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private void end() {
    loops.forEach(Process::destroyForcibly);
  }
}
