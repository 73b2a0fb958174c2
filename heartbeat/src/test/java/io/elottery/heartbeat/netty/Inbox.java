package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.Peer;
import io.elottery.foundation.transport.Receiver;
import io.elottery.foundation.wire.Envelope;
import io.elottery.heartbeat.connection.ConnectionListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps all that a transport tells. */
final class Inbox implements Receiver, ConnectionListener {
  final List<Envelope> envelopes = new CopyOnWriteArrayList<>();
  final List<Peer> senders = new CopyOnWriteArrayList<>();
  final List<Peer> connected = new CopyOnWriteArrayList<>();
  final List<String> lost = new CopyOnWriteArrayList<>();

  @Override
  public void received(Peer from, Envelope envelope) {
    senders.add(from);
    envelopes.add(envelope);
  }

  @Override
  public void connected(Peer peer) {
    connected.add(peer);
  }

  @Override
  public void disconnected(Peer peer, String why) {
    lost.add(peer.id() + ": " + why);
  }
}
