package io.elottery.deploy.bench.peers.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.elottery.deploy.bench.peers.Members;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Members of one Hazelcast cluster, nothing encrypted. Its interval is in whole seconds: of 500 ms
 * it makes one second, so half the signs of life.
 */
public final class HazelcastMembers implements Members {
  private static final int PORT = 5701;

  private final List<HazelcastInstance> instances = new ArrayList<>();
  private long seconds;

  @Override
  public String how() {
    String version = instances.get(0).getCluster().getLocalMember().getVersion().toString();
    return "Hazelcast " + version + ", heartbeat each " + seconds + " s, plain";
  }

  @Override
  public void start(int count, Duration interval) {
    seconds = Math.max(1, interval.toSeconds());
    for (int i = 0; i < count; i++) {
      instances.add(Hazelcast.newHazelcastInstance(config(i)));
    }
  }

  private Config config(int index) {
    Config config = new Config("member-" + index);
    config.setClusterName("cost");
    config.setProperty("hazelcast.heartbeat.interval.seconds", Long.toString(seconds));
    config.setProperty("hazelcast.logging.type", "none");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.getNetworkConfig().setPort(PORT + index).setPortAutoIncrement(false);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).addMember("127.0.0.1:" + PORT);
    return config;
  }

  @Override
  public boolean complete() {
    return instances.stream()
        .allMatch(each -> each.getCluster().getMembers().size() == instances.size());
  }

  @Override
  public void close() {
    // One after the other each would hand its partitions to the rest.
  }
}
