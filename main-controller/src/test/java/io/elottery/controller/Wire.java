package io.elottery.controller;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.transport.Transport;
import io.elottery.foundation.wire.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Some servers on one threadless clock, all connected to each other, with instant delivery. */
public final class Wire implements Time {
  private final Map<NodeId, Station> stations = new TreeMap<>();
  private long nanos = 1_000_000_000L;

  /** One server: its loop, its switchboard, and the one-way envelopes sent to it. */
  public final class Station implements Transport {
    public final NodeId id;
    public final Peer peer;
    public final NodeLoop loop;
    public final Switchboard board;
    public final List<Envelope> inbox = new ArrayList<>();
    public boolean cut;

    Station(NodeId id, Role role) {
      this.id = id;
      this.peer = new Peer(id, role);
      this.loop =
          new NodeLoop(
              id.name(),
              Wire.this,
              10_000,
              (where, problem) -> {
                throw new AssertionError(where, problem);
              });
      this.board = new Switchboard(0, this, loop);
    }

    @Override
    public boolean send(NodeId to, Envelope envelope) {
      Station there = stations.get(to);
      if (there == null || there.cut || cut) {
        return false;
      }
      there.loop.post(
          () -> {
            there.inbox.add(envelope);
            there.board.received(peer, envelope);
          });
      return true;
    }

    /** The one-way envelopes of a kind that came. */
    public List<Envelope> got(int kind) {
      return inbox.stream().filter(envelope -> envelope.kind() == kind).toList();
    }
  }

  public Station station(String name, Role role) {
    Station station = new Station(NodeId.of(name), role);
    stations.put(station.id, station);
    return station;
  }

  /** The server is no more: nothing of it runs or is sent to. */
  public void remove(Station station) {
    station.cut = true;
    stations.remove(station.id, station);
  }

  /** Time passes and everything due runs. */
  public void pass(Duration time) {
    pass(time, Duration.ofMillis(10));
  }

  /** Time passes in steps of this length: longer ones are faster. */
  public void pass(Duration time, Duration step) {
    long end = nanos + time.toNanos();
    settle();
    while (nanos < end) {
      nanos += step.toNanos();
      settle();
    }
  }

  /** Time jumps, an hour at a time; what fell due meanwhile runs late. */
  public void skip(Duration time) {
    for (long hours = time.toHours(); hours > 0; hours--) {
      nanos += Duration.ofHours(1).toNanos();
      settle();
    }
  }

  /** Runs what is due now. */
  public void settle() {
    boolean ran = true;
    while (ran) {
      ran = false;
      for (Station station : stations.values()) {
        ran |= station.loop.poll() > 0;
      }
    }
  }

  @Override
  public Instant now() {
    return Instant.ofEpochSecond(1_700_000_000L).plusNanos(nanos);
  }

  @Override
  public long nanos() {
    return nanos;
  }
}
