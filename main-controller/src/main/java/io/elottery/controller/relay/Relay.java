package io.elottery.controller.relay;

import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.mailroom.MailroomConfig;
import io.elottery.ledger.mailroom.MailroomRelay;
import io.elottery.ledger.mailroom.Route;
import io.elottery.ledger.ring.Ring;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/**
 * Passes calls on to the writers over main's own trunks: those of auditors and staff, and a limited
 * number of the gateways' ({@link RelayGate}). A loop with a bounded queue of its own: what it does
 * not take is dropped before it costs anything, and its mailroom has at most {@code relay.most}
 * calls under way.
 */
public final class Relay {
  /** Calls that may wait on the loop. */
  public static final int QUEUE = 2_000;

  private final NodeLoop loop;
  private final RelayGate gate;
  private final Mailroom mailroom;
  // On the loop only.
  private Optional<Ring> ring = Optional.empty();

  /**
   * Serves from now on.
   *
   * @param board of that loop
   */
  public Relay(NodeLoop loop, Switchboard board, MailroomConfig mailrooms, RelayConfig config) {
    this.loop = loop;
    this.gate = new RelayGate(loop.time(), config);
    MailroomConfig bounded =
        new MailroomConfig(mailrooms.attempt(), mailrooms.pause(), config.most());
    this.mailroom = new Mailroom(board, Route.toWorkers(() -> ring), loop, loop.time(), bounded);
    new MailroomRelay(mailroom, gate).serveOn(board);
  }

  /** The ring has changed. Any thread. */
  public void ring(Optional<Ring> now) {
    loop.post(() -> ring = now);
  }

  /** Calls of gateways that were passed on. Any thread. */
  public long served() {
    return gate.served();
  }

  /** Calls of gateways that were answered busy, because the bucket was empty. Any thread. */
  public long refused() {
    return gate.refused();
  }

  /** Registers what it counts. */
  public void meter(MeterRegistry registry) {
    FunctionCounter.builder("elottery.controller.relay.served", gate, RelayGate::served)
        .register(registry);
    FunctionCounter.builder("elottery.controller.relay.refused", gate, RelayGate::refused)
        .register(registry);
    Gauge.builder("elottery.controller.relay.tasks", loop, NodeLoop::queued).register(registry);
  }
}
