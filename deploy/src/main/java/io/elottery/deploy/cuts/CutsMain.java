package io.elottery.deploy.cuts;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * The relay's process: {@code --config FILE [key=value …]}; keys {@code node.dir}, {@code
 * cuts.routes} as {@link Route} writes them, {@code cuts.sources} each {@code address=server}.
 */
public final class CutsMain {
  private CutsMain() {}

  /** Runs until it is told to stop. */
  public static void main(String... args) throws InterruptedException {
    try {
      ConfigSource config =
          ConfigSource.load(
              Path.of(args[1]), System.getenv(), Arrays.asList(args).subList(2, args.length));
      Path directory = config.requiredPath("node.dir");
      List<Route> routes =
          config.list("cuts.routes", List.of()).stream().map(Route::parse).toList();
      Map<String, String> sources = new TreeMap<>();
      for (String source : config.list("cuts.sources", List.of())) {
        int equals = source.indexOf('=');
        sources.put(source.substring(0, equals), source.substring(equals + 1));
      }
      config.done();
      try (CutRelay relay = new CutRelay(routes, sources, new CutsFile(directory))) {
        relay.start();
        Runtime.getRuntime().addShutdownHook(new Thread(relay::close, "stop"));
        new CountDownLatch(1).await();
      }
    } catch (ConfigRefused refused) {
      System.err.println(refused.getMessage());
      System.exit(2);
    }
  }
}
