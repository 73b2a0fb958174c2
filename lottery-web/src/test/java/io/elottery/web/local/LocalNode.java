package io.elottery.web.local;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.transport.Lanes;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.heartbeat.connection.ConnectionListener;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.keyvault.nodekeys.NodeKeys;

/** Another server as the gateway sees it: real trunks, answers as its test says. */
public final class LocalNode implements AutoCloseable {
  private final NodeLoop loop;
  private final LoopThread thread;
  private final NettyTrunks trunks;
  private final Switchboard switchboard;

  /** Listening on a free port. */
  public LocalNode(NodeKeys keys, NettyRuntime runtime) {
    NodeId id = keys.node();
    Role role = keys.role();
    loop =
        new NodeLoop(
            "other",
            new SystemTime(),
            10_000,
            (where, problem) -> {
              throw new AssertionError(where, problem);
            });
    thread = new LoopThread(id.name(), loop);
    Lanes lanes = new Lanes();
    trunks =
        new NettyTrunks(
            id,
            role,
            TrunkConfig.listeningOn(new Address("127.0.0.1", 0)),
            keys::sslContext,
            lanes,
            new ConnectionListener() {
              @Override
              public void connected(Peer peer) {}

              @Override
              public void disconnected(Peer peer, String why) {
                lanes.disconnected(peer.id());
              }
            },
            runtime);
    switchboard = new Switchboard(Lanes.LEDGER, trunks, loop);
    lanes.add(Lanes.LEDGER, module -> true, loop, switchboard);
  }

  /** To be filled before the start. */
  public Switchboard switchboard() {
    return switchboard;
  }

  /** Work for its loop. */
  public void post(Runnable work) {
    loop.post(work);
  }

  /** Listens. */
  public Address start() {
    thread.start();
    trunks.start();
    return trunks.listening();
  }

  @Override
  public void close() {
    trunks.close();
    thread.close();
  }
}
