package io.elottery.web.network;

import io.elottery.foundation.admin.Readiness;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.Lanes;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.connection.ConnectionListener;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.heartbeat.trunk.Trunks;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.ledger.mailroom.Route;
import io.elottery.ledger.ring.Ring;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.FenceGate;
import io.elottery.reports.order.Lead;
import io.elottery.reports.roster.Announce;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.roster.RosterWorker;
import io.elottery.web.MainAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway among the other servers: it enrols, dials the mains, follows their roster and dials
 * its workers. All on the gateway's loop, which it turns; {@link #switchboard()} belongs to it.
 *
 * <p>It starts and serves from the last roster on disk with every main away.
 */
public final class GatewayNetwork implements Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(GatewayNetwork.class);
  private static final Duration CALL_PATIENCE = Duration.ofSeconds(2);
  private static final Duration ANNOUNCE_AGAIN = Duration.ofSeconds(1);

  private final NodeKeys keys;
  private final List<MainAddress> mains;
  private final Optional<JoinToken> token;
  private final NettyRuntime runtime;
  private final NodeLoop loop;
  private final LoopThread thread;
  private final Readiness.Check check;
  private final RosterFile file;
  private final Trunks trunks;
  private final Switchboard switchboard;
  private final FenceGate gate = new FenceGate();
  private final Set<NodeId> connected = new TreeSet<>();
  private final Set<NodeId> dialled = new TreeSet<>();
  private Roster roster = Roster.EMPTY;
  private Optional<Ring> ring = Optional.empty();

  /**
   * @param token shown if there is no certificate yet
   * @param loop the gateway's; turned by this network from its start to its close
   * @param check ready once a worker can be asked
   */
  public GatewayNetwork(
      NodeKeys keys,
      Path dir,
      List<MainAddress> mains,
      Optional<JoinToken> token,
      NettyRuntime runtime,
      NodeLoop loop,
      Readiness.Check check) {
    this.keys = keys;
    this.mains = List.copyOf(mains);
    this.token = token;
    this.runtime = runtime;
    this.loop = loop;
    this.check = check;
    this.thread = new LoopThread(keys.node().name(), loop);
    this.file = new RosterFile(dir);
    Lanes lanes = new Lanes();
    this.trunks =
        new NettyTrunks(
            keys.node(),
            Role.GATEWAY,
            TrunkConfig.dialOnly(),
            keys::sslContext,
            lanes,
            listener(lanes),
            runtime);
    this.switchboard = new Switchboard(Lanes.LEDGER, trunks, loop);
    lanes.add(Lanes.LEDGER, module -> true, loop, switchboard);
    switchboard.on(ReportsKinds.ROSTER, this::roster).on(ReportsKinds.LEAD, this::lead);
    switchboard.serve(
        ReportsKinds.PROBE,
        (from, request, answer) ->
            answer.reply(new Envelope(ReportsKinds.PROBED, ReportsKinds.VERSION, new byte[0])));
  }

  @Override
  public void start() {
    thread.start();
    trunks.start();
    loop.post(this::begin);
  }

  @Override
  public void close() {
    trunks.close();
    thread.close();
  }

  /** Where calls go out; on the loop. */
  public Switchboard switchboard() {
    return switchboard;
  }

  /**
   * Whom a command may be sent to: the connected workers of its shard; with none connected, the
   * mains, which forward a limited number.
   */
  public Route route() {
    Route direct = Route.toWorkers(() -> ring);
    return new Route() {
      @Override
      public List<NodeId> candidates(String actorKey) {
        List<NodeId> workers =
            direct.candidates(actorKey).stream().filter(connected::contains).toList();
        return workers.isEmpty()
            ? mains.stream().map(MainAddress::id).filter(connected::contains).toList()
            : workers;
      }

      @Override
      public int group(String actorKey) {
        return direct.group(actorKey);
      }
    };
  }

  /**
   * The network's state as main sees it, as JSON; completes on the loop, exceptionally when no main
   * answers. Any thread.
   */
  public CompletableFuture<byte[]> picture() {
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    boolean taken =
        loop.post(
            () -> {
              List<NodeId> asked =
                  mains.stream().map(MainAddress::id).filter(connected::contains).toList();
              picture(new ArrayList<>(asked), result);
            });
    if (!taken) {
      result.completeExceptionally(new IllegalStateException("the gateway's loop is full"));
    }
    return result;
  }

  private void picture(List<NodeId> left, CompletableFuture<byte[]> result) {
    if (left.isEmpty()) {
      result.completeExceptionally(new IllegalStateException("no main answers"));
      return;
    }
    Envelope call = new Envelope(ReportsKinds.NETWORK, ReportsKinds.VERSION, new byte[0]);
    switchboard
        .call(left.remove(0), call, CALL_PATIENCE)
        .whenComplete(
            (answer, problem) -> {
              if (problem == null) {
                result.complete(answer.body());
              } else {
                picture(left, result);
              }
            });
  }

  private void begin() {
    take(file.load());
    if (keys.certificate().isPresent()) {
      dialMains();
    } else if (token.isPresent()) {
      check.notReady("waits for its certificate");
      new Joining(keys, token.get(), mains, loop, runtime, this::dialMains).ask();
    } else {
      log.error("no certificate and no enrol.token-file: this gateway cannot join");
      check.notReady("has neither certificate nor token");
    }
  }

  private void dialMains() {
    mains.forEach(main -> trunks.dial(main.id(), Role.MAIN, main.address()));
    dialWorkers();
    readiness();
  }

  private void dialWorkers() {
    if (keys.certificate().isEmpty()) {
      return;
    }
    Set<NodeId> wanted = new TreeSet<>();
    for (RosterWorker worker : roster.workers()) {
      worker
          .trunk()
          .ifPresent(
              address -> {
                wanted.add(worker.id());
                trunks.dial(worker.id(), Role.WORKER, address);
              });
    }
    for (NodeId gone : dialled) {
      if (!wanted.contains(gone)) {
        trunks.undial(gone);
      }
    }
    dialled.clear();
    dialled.addAll(wanted);
  }

  private ConnectionListener listener(Lanes lanes) {
    return new ConnectionListener() {
      @Override
      public void connected(Peer peer) {
        loop.post(() -> joined(peer));
      }

      @Override
      public void disconnected(Peer peer, String why) {
        loop.post(() -> left(peer));
        lanes.disconnected(peer.id());
      }
    };
  }

  private void joined(Peer peer) {
    connected.add(peer.id());
    if (peer.role() == Role.MAIN) {
      announce(peer.id());
    }
    readiness();
  }

  private void left(Peer peer) {
    connected.remove(peer.id());
    readiness();
  }

  private void announce(NodeId main) {
    Announce self =
        new Announce(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            gate.highest(),
            roster.fence(),
            roster.version());
    switchboard
        .call(main, self.envelope(), CALL_PATIENCE)
        .whenComplete(
            (answer, problem) -> {
              if (problem != null && connected.contains(main)) {
                loop.after(
                    ANNOUNCE_AGAIN,
                    () -> {
                      if (connected.contains(main)) {
                        announce(main);
                      }
                    });
              }
            });
  }

  private void lead(Peer from, Envelope envelope) {
    try {
      Lead lead = Lead.parse(envelope.body());
      if (from.role() == Role.MAIN) {
        gate.admits(lead.hemisphere(), lead.fence());
      }
    } catch (MalformedMessage malformed) {
      log.warn("lead from {} dropped: {}", from, malformed.getMessage());
    }
  }

  private void roster(Peer from, Envelope envelope) {
    try {
      Roster fresh = Roster.parse(envelope.body());
      if (from.role() == Role.MAIN
          && fresh.newerThan(roster)
          && gate.admits(Hemisphere.LEFT, fresh.fence())) {
        take(fresh);
        file.save(fresh);
        log.info(
            "roster {}/{}: {} workers", fresh.fence(), fresh.version(), fresh.workers().size());
        dialWorkers();
        readiness();
      }
    } catch (MalformedMessage malformed) {
      log.warn("roster from {} dropped: {}", from, malformed.getMessage());
    }
  }

  private void take(Roster fresh) {
    roster = fresh;
    gate.admits(Hemisphere.LEFT, fresh.fence());
    byte[] bytes = fresh.ring();
    try {
      ring = bytes.length == 0 ? Optional.empty() : Optional.of(Ring.decode(bytes));
    } catch (MalformedMessage malformed) {
      log.warn("the roster's ring cannot be read, kept the one before: {}", malformed.getMessage());
    }
  }

  private void readiness() {
    boolean worker = dialled.stream().anyMatch(connected::contains);
    if (ring.isPresent() && worker) {
      check.ready();
    } else if (ring.isEmpty()) {
      check.notReady("waits for main's roster");
    } else {
      check.notReady("reaches no worker");
    }
  }
}
