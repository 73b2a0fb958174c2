package io.elottery.worker;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.heartbeat.netty.NettyRuntime;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The worker process: {@code --config FILE [key=value …]}. */
public final class WorkerMain {
  private static final int FAILED = 1;
  private static final int REFUSED = 2;
  private static final int EVENT_LOOPS = 2; // trunks, links

  private WorkerMain() {}

  /** Runs until it is told to stop. */
  public static void main(String... args) throws InterruptedException {
    if (args.length < 2 || !args[0].equals("--config")) {
      System.err.println("usage: --config FILE [key=value ...]");
      System.exit(REFUSED);
    }
    CountDownLatch stop = new CountDownLatch(1);
    try (NettyRuntime runtime = new NettyRuntime(EVENT_LOOPS)) {
      List<String> flags = Arrays.asList(args).subList(2, args.length);
      ConfigSource config = ConfigSource.load(Path.of(args[1]), System.getenv(), flags);
      Lifecycle worker = WorkerAssembly.of(config, runtime, stop::countDown);
      Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "stop"));
      worker.start();
      stop.await(); // Only a fault ends this; a signal ends the process by the hook.
    } catch (ConfigRefused refused) {
      System.err.println(refused.getMessage());
      System.exit(REFUSED);
    } catch (IllegalStateException | UncheckedIOException cannotServe) {
      System.err.println(cannotServe.getMessage());
    }
    System.exit(FAILED);
  }
}
