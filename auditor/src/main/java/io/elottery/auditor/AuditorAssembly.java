package io.elottery.auditor;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.heartbeat.netty.NettyRuntime;

/** Wires an auditor: configuration in, startable node out. May be used many times in one JVM. */
public final class AuditorAssembly {
  private AuditorAssembly() {}

  /**
   * An auditor that enrols if it has no certificate yet, dials the mains, tells them its party's
   * key and takes part in every draw.
   *
   * @param runtime shared by all nodes of the JVM; the caller starts and closes it
   * @param stop asks the process to stop after a fault; must not wait
   * @throws ConfigRefused naming every wrong, missing or unknown key
   */
  public static Lifecycle of(ConfigSource config, NettyRuntime runtime, Runnable stop)
      throws ConfigRefused {
    AuditorConfig auditor = AuditorConfig.from(config);
    config.done();
    RandomSource random = new SecureRandomSource();
    return new AuditorNode(auditor, runtime, new SystemTime(), random, stop);
  }
}
