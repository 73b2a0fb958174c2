package io.elottery.heartbeat.registry.curator;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/**
 * The nodes of an election: {@code /election/LEFT/candidates/main-1} for each candidate and {@code
 * /election/LEFT/leader} for who leads, all ephemeral. Waits for ZooKeeper, on the election's
 * thread.
 */
final class SeatNodes {
  static final String ROOT = "/election";

  private final CuratorFramework client;
  private final NodeId self;

  SeatNodes(CuratorFramework client, NodeId self) {
    this.client = client;
    this.self = self;
  }

  /** Who sits on the seat. */
  enum Leader {
    /** Nobody. */
    NOBODY,
    /** This session. */
    SELF,
    /** Somebody else. */
    OTHER
  }

  /** Looks who leads; a node that an earlier life of this server left is removed. */
  Leader leader(Hemisphere hemisphere) throws Exception {
    Stat stat = new Stat();
    byte[] holder;
    try {
      holder = client.getData().storingStatIn(stat).forPath(leaderPath(hemisphere));
    } catch (KeeperException.NoNodeException vacant) {
      return Leader.NOBODY;
    }
    if (stat.getEphemeralOwner() == session()) {
      return Leader.SELF;
    }
    if (new String(holder, StandardCharsets.UTF_8).equals(self.name())) {
      remove(leaderPath(hemisphere));
      return Leader.NOBODY;
    }
    return Leader.OTHER;
  }

  /** Takes the vacant seat; false when somebody was faster. */
  boolean take(Hemisphere hemisphere) throws Exception {
    return create(leaderPath(hemisphere));
  }

  /** Gives the seat up, if this session has it. */
  void leave(Hemisphere hemisphere) throws Exception {
    if (leader(hemisphere) == Leader.SELF) {
      remove(leaderPath(hemisphere));
    }
  }

  /** Makes sure that this session stands. */
  void enter(Hemisphere hemisphere) throws Exception {
    Optional<Stat> stat = stat(candidatePath(hemisphere));
    if (stat.isPresent() && stat.get().getEphemeralOwner() != session()) {
      remove(candidatePath(hemisphere));
      stat = Optional.empty();
    }
    if (stat.isEmpty()) {
      create(candidatePath(hemisphere));
    }
  }

  /** Stands no more. */
  void withdraw(Hemisphere hemisphere) throws Exception {
    remove(candidatePath(hemisphere));
  }

  /** Who stands, longest first. */
  List<String> candidates(Hemisphere hemisphere) throws Exception {
    List<String> names;
    try {
      names = client.getChildren().forPath(directory(hemisphere) + "/candidates");
    } catch (KeeperException.NoNodeException none) {
      return List.of();
    }
    Map<Long, String> byAge = new TreeMap<>(Comparator.naturalOrder());
    for (String name : names) {
      stat(directory(hemisphere) + "/candidates/" + name)
          .ifPresent(stat -> byAge.put(stat.getCzxid(), name));
    }
    return new ArrayList<>(byAge.values());
  }

  private long session() throws Exception {
    return client.getZookeeperClient().getZooKeeper().getSessionId();
  }

  private Optional<Stat> stat(String path) throws Exception {
    return Optional.ofNullable(client.checkExists().forPath(path));
  }

  private boolean create(String path) throws Exception {
    try {
      client
          .create()
          .creatingParentsIfNeeded()
          .withMode(CreateMode.EPHEMERAL)
          .forPath(path, self.name().getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (KeeperException.NodeExistsException taken) {
      return false;
    }
  }

  private void remove(String path) throws Exception {
    try {
      client.delete().forPath(path);
    } catch (KeeperException.NoNodeException gone) {
      // That is what was wanted.
    }
  }

  private static String directory(Hemisphere hemisphere) {
    return ROOT + "/" + hemisphere;
  }

  private static String leaderPath(Hemisphere hemisphere) {
    return directory(hemisphere) + "/leader";
  }

  private String candidatePath(Hemisphere hemisphere) {
    return directory(hemisphere) + "/candidates/" + self;
  }
}
