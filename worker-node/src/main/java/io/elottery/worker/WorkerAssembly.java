package io.elottery.worker;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.heartbeat.netty.NettyRuntime;

/** Wires a worker: configuration in, startable node out. May be used many times in one JVM. */
public final class WorkerAssembly {
  private WorkerAssembly() {}

  /**
   * A worker that enrols if it has no certificate yet, dials the mains, follows the roster and
   * serves its shards; with a roster of its own from before it serves without any main.
   *
   * @param runtime shared by all nodes of the JVM; the caller closes it
   * @param stop asks the process to stop after a fault; must not wait
   * @throws ConfigRefused naming every wrong, missing or unknown key
   */
  public static Lifecycle of(ConfigSource config, NettyRuntime runtime, Runnable stop)
      throws ConfigRefused {
    WorkerConfig worker = WorkerConfig.from(config);
    config.done();
    throw new UnsupportedOperationException(worker.node().name());
  }
}
