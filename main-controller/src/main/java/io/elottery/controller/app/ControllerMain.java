package io.elottery.controller.app;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.heartbeat.netty.NettyRuntime;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** The main process: {@code --config FILE [key=value …]}. */
public final class ControllerMain {
  private static final int REFUSED = 2;

  private ControllerMain() {}

  /** Runs until it is told to stop. */
  public static void main(String... args) throws InterruptedException {
    if (args.length < 2 || !args[0].equals("--config")) {
      System.err.println("usage: --config FILE [key=value ...]");
      System.exit(REFUSED);
    }
    CountDownLatch stop = new CountDownLatch(1);
    try (NettyRuntime runtime = new NettyRuntime(2);
        Controller controller =
            ControllerAssembly.of(
                ConfigSource.load(
                    Path.of(args[1]), System.getenv(), Arrays.asList(args).subList(2, args.length)),
                runtime,
                stop::countDown)) {
      Runtime.getRuntime().addShutdownHook(new Thread(controller::close, "stop"));
      controller.start();
      stop.await();
    } catch (ConfigRefused refused) {
      System.err.println(refused.getMessage());
      System.exit(REFUSED);
    }
  }
}
