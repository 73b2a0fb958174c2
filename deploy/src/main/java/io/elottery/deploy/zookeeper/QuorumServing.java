package io.elottery.deploy.zookeeper;

import io.elottery.foundation.id.Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZKDatabase;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.apache.zookeeper.server.quorum.QuorumPeer;
import org.apache.zookeeper.server.quorum.QuorumPeer.LearnerType;
import org.apache.zookeeper.server.quorum.QuorumPeer.QuorumServer;
import org.apache.zookeeper.server.quorum.flexible.QuorumMaj;

/**
 * A member of an ensemble: what a majority has written is kept. Votes and data go over TLS 1.3 with
 * certificates on both sides, {@link MembersOnly}; there is no plain port for them either.
 */
final class QuorumServing implements Serving {
  // As ZooKeeper's own start does it (QuorumPeerMain); the election by FastLeaderElection.
  private static final int ELECTION = 3;
  // A member that starts fetches all there is: small records, but a cold JVM on a busy machine.
  private static final int INIT_TICKS = 50;
  // So long a follower may be behind, and a leader unheard: 3 s at the default tick.
  private static final int SYNC_TICKS = 15;

  private final QuorumPeer peer;

  private QuorumServing(QuorumPeer peer) {
    this.peer = peer;
  }

  static QuorumServing start(ZooKeeperConfig config, ServerCnxnFactory clients) throws IOException {
    Path data = config.data();
    int tick = (int) config.tick().toMillis();
    QuorumPeer peer = new QuorumPeer();
    peer.setTxnFactory(new FileTxnSnapLog(data.toFile(), data.toFile()));
    peer.setElectionType(ELECTION);
    peer.setMyid(numberOf(config));
    peer.setTickTime(tick);
    peer.setMinSessionTimeout(ZooKeeperConfig.SESSION_TICKS_MIN * tick);
    peer.setMaxSessionTimeout(ZooKeeperConfig.SESSION_TICKS_MAX * tick);
    peer.setInitLimit(INIT_TICKS);
    peer.setSyncLimit(SYNC_TICKS);
    peer.setZKDatabase(new ZKDatabase(peer.getTxnFactory()));
    peer.setQuorumVerifier(new QuorumMaj(members(config)), false);
    peer.initConfigInZKDatabase();
    peer.setSecureCnxnFactory(clients);
    peer.setSslQuorum(true);
    peer.setUsePortUnification(false);
    peer.setLearnerType(LearnerType.PARTICIPANT);
    peer.setQuorumListenOnAllIPs(false);
    peer.initialize();
    peer.start();
    return new QuorumServing(peer);
  }

  private static Map<Long, QuorumServer> members(ZooKeeperConfig config) {
    Map<Long, QuorumServer> members = new TreeMap<>();
    for (EnsembleMember member : config.ensemble()) {
      long number = members.size() + 1;
      members.put(
          number,
          new QuorumServer(
              number, at(member.quorum()), at(member.election()), LearnerType.PARTICIPANT));
    }
    return members;
  }

  // Members are numbered as they are listed, from 1.
  private static long numberOf(ZooKeeperConfig config) {
    return 1 + config.ensemble().stream().map(EnsembleMember::node).toList().indexOf(config.node());
  }

  private static InetSocketAddress at(Address address) {
    return new InetSocketAddress(address.host(), address.port());
  }

  @Override
  public Optional<ZooKeeperServer> active() {
    return Optional.ofNullable(peer.getActiveServer());
  }

  @Override
  public void stop() {
    peer.shutdown();
  }
}
