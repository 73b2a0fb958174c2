package io.elottery.controller.app;

import io.elottery.foundation.id.Peer;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Lanes;
import io.elottery.heartbeat.connection.ConnectionListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries who is connected from the connections' threads to main's loop. */
final class Connections implements ConnectionListener {
  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  private final NodeLoop loop;
  private final Lanes lanes;
  private final List<Consumer<Peer>> up = new ArrayList<>();
  private final List<Consumer<Peer>> down = new ArrayList<>();

  Connections(NodeLoop loop, Lanes lanes) {
    this.loop = loop;
    this.lanes = lanes;
  }

  /** Both are called on the loop; added before the trunks start. */
  void tell(Consumer<Peer> whenUp, Consumer<Peer> whenDown) {
    up.add(whenUp);
    down.add(whenDown);
  }

  @Override
  public void connected(Peer peer) {
    loop.post(() -> up.forEach(each -> each.accept(peer)));
  }

  @Override
  public void disconnected(Peer peer, String why) {
    lanes.disconnected(peer.id());
    loop.post(
        () -> {
          log.info("{} disconnected: {}", peer, why);
          down.forEach(each -> each.accept(peer));
        });
  }
}
