package io.elottery.deploy.zookeeper;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.MainAddress;
import io.elottery.foundation.id.NodeId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a ZooKeeper server of ours is configured with.
 *
 * @param node {@code node.name}
 * @param dir {@code node.dir}: its data
 * @param listen {@code zookeeper.listen}: TLS only, clients show a certificate
 * @param keyStore {@code zookeeper.key-store}: PKCS #12
 * @param trustStore {@code zookeeper.trust-store}: PKCS #12 with the network's authority
 * @param password {@code zookeeper.password-file}: of both
 * @param mains {@code mains}: each {@code id@host:port}; renew its certificate and tell it which
 *     keys are revoked. Without any, both are done by hand
 * @param tick {@code zookeeper.tick} (200 ms): sessions last 2 to 100 ticks; too low expires mains
 *     that are only busy, too high keeps dead leaders
 */
public record ZooKeeperConfig(
    NodeId node,
    Path dir,
    Address listen,
    Path keyStore,
    Path trustStore,
    Path password,
    List<MainAddress> mains,
    Duration tick) {
  /** Copies the list. */
  public ZooKeeperConfig {
    mains = List.copyOf(mains);
  }

  /** Reads the keys above. */
  public static ZooKeeperConfig from(ConfigSource source) {
    Path dir = source.requiredPath("node.dir");
    Path stores = dir.resolve("stores");
    return new ZooKeeperConfig(
        source.nodeId("node.name"),
        dir,
        source.requiredAddress("zookeeper.listen"),
        source.path("zookeeper.key-store", stores.resolve("keystore.p12")),
        source.path("zookeeper.trust-store", stores.resolve("truststore.p12")),
        source.path("zookeeper.password-file", stores.resolve("store.password")),
        mains(source),
        source.duration("zookeeper.tick", Duration.ofMillis(200)));
  }

  private static List<MainAddress> mains(ConfigSource source) {
    List<MainAddress> mains = new ArrayList<>();
    for (String text : source.list("mains", List.of())) {
      try {
        mains.add(MainAddress.parse(text));
      } catch (IllegalArgumentException wrong) {
        source.refuse("mains", String.valueOf(wrong.getMessage()));
      }
    }
    return mains;
  }
}
