package io.elottery.deploy.bench.peers.jgroups;

import io.elottery.deploy.bench.peers.Members;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.JChannel;

/** Members of one JGroups cluster: TCP, FD_SOCK2 and FD_ALL3, nothing encrypted. */
public final class JGroupsMembers implements Members {
  private static final int PORT = 7800;
  // FD_ALL3 calls a member silent after five intervals.
  private static final String STACK =
      """
      <config xmlns="urn:org:jgroups">
        <TCP bind_addr="127.0.0.1" bind_port="%d" port_range="0"/>
        <TCPPING initial_hosts="127.0.0.1[7800]" port_range="0"/>
        <MERGE3/>
        <FD_SOCK2/>
        <FD_ALL3 interval="%d" timeout="%d"/>
        <VERIFY_SUSPECT2/>
        <pbcast.NAKACK2/>
        <UNICAST3/>
        <pbcast.STABLE/>
        <pbcast.GMS join_timeout="3000"/>
      </config>
      """;

  private final List<JChannel> channels = new ArrayList<>();

  @Override
  public String how() {
    return "JGroups " + org.jgroups.Version.printVersion() + ", TCP, FD_SOCK2 + FD_ALL3, plain";
  }

  @Override
  public void start(int count, Duration interval) throws Exception {
    long millis = interval.toMillis();
    for (int i = 0; i < count; i++) {
      String stack = STACK.formatted(PORT + i, millis, millis * 5);
      JChannel channel =
          new JChannel(new ByteArrayInputStream(stack.getBytes(StandardCharsets.UTF_8)));
      channels.add(channel.name("member-" + i).connect("cost"));
    }
  }

  @Override
  public boolean complete() {
    return channels.stream().allMatch(channel -> channel.getView().size() == channels.size());
  }

  @Override
  public void close() {
    // One after the other each would tell all the rest.
  }
}
