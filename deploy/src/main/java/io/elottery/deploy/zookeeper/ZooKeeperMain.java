package io.elottery.deploy.zookeeper;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.heartbeat.netty.NettyRuntime;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** The ZooKeeper process: {@code --config FILE [key=value …]}. */
public final class ZooKeeperMain {
  private ZooKeeperMain() {}

  /** Runs until it is told to stop. */
  public static void main(String... args) throws InterruptedException {
    try {
      ConfigSource config =
          ConfigSource.load(
              Path.of(args[1]), System.getenv(), Arrays.asList(args).subList(2, args.length));
      ZooKeeperConfig zookeeper = ZooKeeperConfig.from(config);
      config.done();
      CountDownLatch stop = new CountDownLatch(1);
      try (NettyRuntime runtime = new NettyRuntime(1);
          ZooKeeperNode node = new ZooKeeperNode(zookeeper, runtime, stop::countDown)) {
        runtime.start();
        node.start();
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
        stop.await();
      }
    } catch (ConfigRefused refused) {
      System.err.println(refused.getMessage());
      System.exit(2);
    }
  }
}
