package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.transport.Receiver;
import io.elottery.foundation.transport.Transport;
import io.elottery.heartbeat.link.Channel;
import io.elottery.heartbeat.link.LinkConfig;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.LinkListener;
import io.elottery.heartbeat.link.Links;
import io.elottery.heartbeat.link.PairKeys;
import io.elottery.heartbeat.link.Purpose;

/** API only. */
public final class NettyLinks implements Links {
  public NettyLinks(
      NodeId self,
      LinkConfig config,
      PairKeys keys,
      Receiver workReceiver,
      Receiver impulseReceiver,
      LinkListener listener,
      NettyRuntime runtime) {}

  @Override
  public void start() {}

  @Override
  public void close() {}

  @Override
  public void open(LinkId link, Address other) {}

  @Override
  public void close(LinkId link) {}

  @Override
  public Transport work(Purpose purpose) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Transport impulses() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Address listening() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean up(LinkId link, Channel channel) {
    return false;
  }
}
