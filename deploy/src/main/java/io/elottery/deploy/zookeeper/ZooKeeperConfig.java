package io.elottery.deploy.zookeeper;

import io.elottery.foundation.config.ConfigSource;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.MainAddress;
import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.connection.OwnAddresses;
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
 * @param own {@code trunk.source}: which of its addresses it dials mains from
 * @param ensemble {@code zookeeper.ensemble}: each member as {@code id@host:quorum:election}, this
 *     one too, in the same order everywhere; without any it is alone
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
    OwnAddresses own,
    List<EnsembleMember> ensemble,
    Duration tick) {
  static final int SESSION_TICKS_MIN = 2;
  static final int SESSION_TICKS_MAX = 100;

  /** Copies the lists. */
  public ZooKeeperConfig {
    mains = List.copyOf(mains);
    ensemble = List.copyOf(ensemble);
  }

  /** Reads the keys above. */
  public static ZooKeeperConfig from(ConfigSource source) {
    Path dir = source.requiredPath("node.dir");
    Path stores = dir.resolve("stores");
    NodeId node = source.nodeId("node.name");
    return new ZooKeeperConfig(
        node,
        dir,
        source.requiredAddress("zookeeper.listen"),
        source.path("zookeeper.key-store", stores.resolve("keystore.p12")),
        source.path("zookeeper.trust-store", stores.resolve("truststore.p12")),
        source.path("zookeeper.password-file", stores.resolve("store.password")),
        mains(source),
        OwnAddresses.from(source, "trunk"),
        ensemble(source, node),
        source.duration("zookeeper.tick", Duration.ofMillis(200)));
  }

  /** Where the transactions lie. */
  Path data() {
    return dir.resolve("data");
  }

  private static List<EnsembleMember> ensemble(ConfigSource source, NodeId self) {
    List<EnsembleMember> members = new ArrayList<>();
    for (String text : source.list("zookeeper.ensemble", List.of())) {
      try {
        members.add(EnsembleMember.parse(text));
      } catch (IllegalArgumentException wrong) {
        source.refuse("zookeeper.ensemble", String.valueOf(wrong.getMessage()));
      }
    }
    if (!members.isEmpty() && members.stream().noneMatch(member -> member.node().equals(self))) {
      source.refuse("zookeeper.ensemble", "expected this server (" + self + "), too");
    }
    return members;
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
