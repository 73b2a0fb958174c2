package io.elottery.worker;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.ledger.store.StoreFailed;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The worker process: {@code --config FILE [key=value …]}. With several {@code --config} it runs
 * several workers, to try a large network on a small machine; they fail together.
 *
 * <p>Ends with 0 on a signal, 1 after a fault, 2 when its configuration is refused, and {@value
 * #DISK_FAILED} when the ledger's disk failed: what that holds is only known after a restart.
 */
public final class WorkerMain {
  private static final int FAILED = 1;
  private static final int REFUSED = 2;
  private static final int DISK_FAILED = 74; // EX_IOERR of sysexits.h
  private static final int EVENT_LOOPS = 2; // trunks, links
  private static final String CONFIG = "--config";

  private WorkerMain() {}

  /** Runs until it is told to stop. */
  public static void main(String... args) throws InterruptedException {
    int flagsFrom = 0;
    while (flagsFrom + 1 < args.length && args[flagsFrom].equals(CONFIG)) {
      flagsFrom += 2;
    }
    if (flagsFrom == 0) {
      System.err.println("usage: --config FILE [--config FILE ...] [key=value ...]");
      System.exit(REFUSED);
    }
    CountDownLatch stop = new CountDownLatch(1);
    AtomicInteger end = new AtomicInteger(FAILED);
    Consumer<String> diskFailed =
        why -> {
          if (end.getAndSet(DISK_FAILED) != DISK_FAILED) {
            System.err.println("the ledger's disk failed, this process stops: " + why);
          }
        };
    try (NettyRuntime runtime = new NettyRuntime(EVENT_LOOPS)) {
      List<String> flags = Arrays.asList(args).subList(flagsFrom, args.length);
      List<Lifecycle> workers = new ArrayList<>();
      for (int i = 1; i < flagsFrom; i += 2) {
        ConfigSource config = ConfigSource.load(Path.of(args[i]), System.getenv(), flags);
        workers.add(WorkerAssembly.of(config, runtime, stop::countDown, diskFailed));
      }
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> workers.forEach(Lifecycle::close), "stop"));
      workers.forEach(Lifecycle::start);
      stop.await(); // Only a fault ends this; a signal ends the process by the hook.
      if (end.get() == DISK_FAILED) {
        // An orderly end would wait for that disk, and others for this one's connections.
        Runtime.getRuntime().halt(DISK_FAILED);
      }
    } catch (ConfigRefused refused) {
      System.err.println(refused.getMessage());
      System.exit(REFUSED);
    } catch (StoreFailed failed) {
      diskFailed.accept(String.valueOf(failed.getMessage()));
    } catch (IllegalStateException | UncheckedIOException cannotServe) {
      System.err.println(cannotServe.getMessage());
    }
    System.exit(end.get());
  }
}
