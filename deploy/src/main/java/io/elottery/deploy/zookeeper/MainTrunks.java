package io.elottery.deploy.zookeeper;

import io.elottery.foundation.fault.FaultHandler;
import io.elottery.foundation.fault.FaultTable;
import io.elottery.foundation.id.MainAddress;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.lifecycle.Parts;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.transport.Lanes;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.heartbeat.connection.ConnectionListener;
import io.elottery.heartbeat.connection.OwnAddresses;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.keyvault.renewal.Renewal;
import io.elottery.keyvault.revocation.Revocations;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A ZooKeeper server's trunks to the mains: by them its certificate is renewed and it learns which
 * keys are revoked. A main takes nothing else from it. On one loop of its own.
 */
final class MainTrunks implements Lifecycle {
  private static final int QUEUE = 1_000;

  private final Parts parts;
  private final NettyTrunks trunks;
  private final List<MainAddress> mains;

  /**
   * @param keys with a certificate
   * @param renewed told after each renewal of it
   */
  MainTrunks(
      NodeKeys keys,
      List<MainAddress> mains,
      OwnAddresses own,
      Revocations revocations,
      NettyRuntime runtime,
      Runnable renewed,
      Runnable stop) {
    this.mains = mains;
    FaultHandler faults = FaultTable.standard().handler(() -> {}, stop);
    NodeLoop loop = new NodeLoop(keys.node().name(), new SystemTime(), QUEUE, faults);
    Lanes lanes = new Lanes();
    Connected connected = new Connected(loop, lanes);
    trunks =
        new NettyTrunks(
            keys.node(),
            Role.ZOOKEEPER,
            TrunkConfig.dialOnly(own),
            keys::sslContext,
            revocations::refusal,
            lanes,
            connected,
            runtime);
    Switchboard board = new Switchboard(Lanes.SUPERVISION, trunks, loop);
    lanes.add(Lanes.SUPERVISION, module -> true, loop, board);
    revocations.onChange(newer -> trunks.recheck());
    revocations.serveOn(board);
    Renewal renewal =
        new Renewal(keys, Renewal.over(board, connected::mains), Runnable::run, loop).then(renewed);
    loop.post(renewal::start);
    parts = new Parts(List.of(new LoopThread(keys.node().name() + "-trunks", loop), trunks));
  }

  @Override
  public void start() {
    parts.start();
    mains.forEach(main -> trunks.dial(main.id(), Role.MAIN, main.address()));
  }

  @Override
  public void close() {
    parts.close();
  }

  private static final class Connected implements ConnectionListener {
    private final NodeLoop loop;
    private final Lanes lanes;
    private final SortedSet<NodeId> mains = new TreeSet<>();

    Connected(NodeLoop loop, Lanes lanes) {
      this.loop = loop;
      this.lanes = lanes;
    }

    @Override
    public void connected(Peer peer) {
      loop.post(() -> mains.add(peer.id()));
    }

    @Override
    public void disconnected(Peer peer, String why) {
      lanes.disconnected(peer.id());
      loop.post(() -> mains.remove(peer.id()));
    }

    List<NodeId> mains() {
      return new ArrayList<>(mains);
    }
  }
}
