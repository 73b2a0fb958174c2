package io.elottery.deploy.front;

import io.elottery.foundation.config.ConfigRefused;
import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The front's process: {@code --config FILE [key=value …]}; keys {@code front.listen, gateways}.
 */
public final class FrontMain {
  private FrontMain() {}

  /** Runs until it is told to stop. */
  public static void main(String... args) throws InterruptedException {
    try {
      ConfigSource config =
          ConfigSource.load(
              Path.of(args[1]), System.getenv(), Arrays.asList(args).subList(2, args.length));
      Address listen = config.requiredAddress("front.listen");
      List<String> gateways = config.list("gateways", List.of());
      config.done();
      try (TcpFront front = new TcpFront(listen, gateways.stream().map(Address::parse).toList())) {
        front.start();
        Runtime.getRuntime().addShutdownHook(new Thread(front::close, "stop"));
        new CountDownLatch(1).await();
      }
    } catch (ConfigRefused refused) {
      System.err.println(refused.getMessage());
      System.exit(2);
    }
  }
}
