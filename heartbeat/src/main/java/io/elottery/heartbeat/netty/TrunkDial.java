package io.elottery.heartbeat.netty;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Peer;

/** One server this end keeps dialling. On the event loop. */
final class TrunkDial {
  private final Peer expected;
  private final Backoff backoff;
  private Address address;
  private boolean underWay; // an attempt, or the pause before it

  TrunkDial(Peer expected, Address address, Backoff backoff) {
    this.expected = expected;
    this.address = address;
    this.backoff = backoff;
  }

  Peer expected() {
    return expected;
  }

  Address address() {
    return address;
  }

  void address(Address newer) {
    address = newer;
  }

  Backoff backoff() {
    return backoff;
  }

  boolean isUnderWay() {
    return underWay;
  }

  void underWay(boolean now) {
    underWay = now;
  }
}
