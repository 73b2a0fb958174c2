package io.elottery.web;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.heartbeat.netty.NettyRuntime;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** The gateway process: {@code --config FILE [key=value …]}. */
public final class WebMain {
  private WebMain() {}

  /** Runs until it is told to stop; exit 2 for a wrong configuration, 1 when it cannot start. */
  public static void main(String... args) throws InterruptedException {
    if (args.length < 2 || !args[0].equals("--config")) {
      System.err.println("usage: --config FILE [key=value ...]");
      System.exit(2);
    }
    CountDownLatch stop = new CountDownLatch(1);
    try (NettyRuntime runtime = new NettyRuntime(2);
        Gateway gateway =
            WebAssembly.of(
                ConfigSource.load(
                    Path.of(args[1]), System.getenv(), Arrays.asList(args).subList(2, args.length)),
                runtime,
                stop::countDown)) {
      Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "stop"));
      gateway.start();
      stop.await();
    } catch (ConfigRefused refused) {
      System.err.println(refused.getMessage());
      System.exit(2);
    } catch (IllegalStateException cannotStart) {
      System.err.println(cannotStart.getMessage());
      System.exit(1);
    }
  }
}
