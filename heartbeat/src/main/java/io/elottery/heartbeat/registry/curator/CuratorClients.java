package io.elottery.heartbeat.registry.curator;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.heartbeat.registry.RegistryConfig;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;

/** Clients that speak TLS 1.3 with a certificate, and whose nodes only mains may touch. */
final class CuratorClients {
  private static final int RETRIES = 3;
  private static final int RETRY_PAUSE_MILLIS = 100;

  private CuratorClients() {}

  /** Not started. */
  static CuratorFramework client(RegistryConfig config) {
    int session = (int) config.sessionTimeout().toMillis();
    return CuratorFrameworkFactory.builder()
        .connectString(
            config.servers().stream().map(Address::toString).collect(Collectors.joining(",")))
        .ensembleTracker(false)
        .zkClientConfig(tls(config.stores()))
        .sessionTimeoutMs(session)
        .connectionTimeoutMs(session)
        .retryPolicy(new RetryNTimes(RETRIES, RETRY_PAUSE_MILLIS))
        .aclProvider(onlyMains(config.mains()))
        .namespace(config.root())
        .dontUseContainerParents()
        .maxCloseWaitMs(session)
        .build();
  }

  private static ZKClientConfig tls(RegistryConfig.Stores stores) {
    ZKClientConfig tls = new ZKClientConfig();
    tls.setProperty(
        ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, "org.apache.zookeeper.ClientCnxnSocketNetty");
    tls.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
    tls.setProperty("zookeeper.ssl.protocol", "TLSv1.3");
    tls.setProperty("zookeeper.ssl.enabledProtocols", "TLSv1.3");
    tls.setProperty("zookeeper.ssl.keyStore.type", "PKCS12");
    tls.setProperty("zookeeper.ssl.keyStore.location", stores.key().toString());
    tls.setProperty("zookeeper.ssl.keyStore.passwordPath", stores.password().toString());
    tls.setProperty("zookeeper.ssl.trustStore.type", "PKCS12");
    tls.setProperty("zookeeper.ssl.trustStore.location", stores.trust().toString());
    tls.setProperty("zookeeper.ssl.trustStore.passwordPath", stores.password().toString());
    return tls;
  }

  private static ACLProvider onlyMains(List<NodeId> mains) {
    List<ACL> acl =
        mains.stream()
            .map(main -> new Id("x509", "CN=" + main + ",OU=main,O=elottery"))
            .map(id -> new ACL(ZooDefs.Perms.ALL, id))
            .toList();
    return new ACLProvider() {
      @Override
      public List<ACL> getDefaultAcl() {
        return acl;
      }

      @Override
      public List<ACL> getAclForPath(String path) {
        return acl;
      }
    };
  }
}
