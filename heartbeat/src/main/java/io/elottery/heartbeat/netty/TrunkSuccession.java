package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.heartbeat.connection.ConnectionListener;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Trunks that were replaced by newer ones of the same two servers and are being emptied. The
 * dialler has said on the older one that a newer comes; once that is up each end sends on the newer
 * one, its last frame on the older one says that nothing more comes there, and what comes on the
 * newer one is held until the other end's last frame: nothing is lost or reordered, and nobody is
 * told of a disconnection. On the event loop.
 */
final class TrunkSuccession {
  private final ConnectionListener listener;
  private final EventLoop loop;
  private final Duration patience;
  private final Map<NodeId, TrunkHandler> leaving = new HashMap<>();

  /**
   * @param patience for the other end's last frame
   */
  TrunkSuccession(ConnectionListener listener, EventLoop loop, Duration patience) {
    this.listener = listener;
    this.loop = loop;
    this.patience = patience;
  }

  /** Whether the newer trunk was announced on the older one. */
  boolean isExpected(TrunkHandler newer, TrunkHandler older, NodeId peer) {
    return newer.dialled() == older.dialled() && older.expectsNewer() && !leaving.containsKey(peer);
  }

  /** The newer one has the older one's place from here on. */
  void begin(NodeId peer, TrunkHandler newer, TrunkHandler older) {
    leaving.put(peer, older);
    newer.hold();
    older.replaced(newer::resume);
    loop.schedule(
        () -> {
          if (leaving.get(peer) == older) {
            older.close("its last frame did not come");
          }
        },
        patience.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /**
   * A connection to that server closed.
   *
   * @param current what is up to it now
   */
  void closed(TrunkHandler trunk, Peer peer, @Nullable TrunkHandler current, String why) {
    TrunkHandler older = leaving.get(peer.id());
    if (older == trunk) {
      leaving.remove(peer.id());
      if (current != null && !trunk.isInputEnded()) {
        // It broke before its last frame: what was on the way is lost, and callers must know.
        listener.disconnected(peer, why);
        listener.connected(peer);
        current.resume();
      }
    } else if (older != null && current == null) {
      older.close("the trunk that replaced it broke");
    } else if (older == null && current != null && current.isInputEnded()) {
      // The other end had changed to this one already and sends nothing on the older one any more.
      current.close("the trunk that should replace it broke");
    }
  }
}
