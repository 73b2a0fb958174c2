package io.elottery.web;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.heartbeat.netty.NettyRuntime;

/** Wires a gateway: ports in, startable node out. May be used several times in one JVM. */
public final class WebAssembly {
  private WebAssembly() {}

  /**
   * A gateway that enrols if it has no certificate yet, dials the mains, follows the roster and
   * serves.
   *
   * @param runtime shared by all nodes of the JVM; the caller starts and closes it
   * @param stop asks the process to stop after a fault; must not wait
   * @throws ConfigRefused naming every wrong, missing or unknown key
   */
  public static Gateway of(ConfigSource config, NettyRuntime runtime, Runnable stop)
      throws ConfigRefused {
    WebConfig web = WebConfig.from(config);
    config.done();
    throw new UnsupportedOperationException(web.node().name());
  }
}
