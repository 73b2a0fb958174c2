package io.elottery.web.network;

import io.elottery.foundation.admin.Readiness;
import io.elottery.foundation.id.MainAddress;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.lifecycle.Lifecycle;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.metrics.RejectionMeters;
import io.elottery.foundation.transport.Lanes;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.connection.ConnectionListener;
import io.elottery.heartbeat.connection.OwnAddresses;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.heartbeat.trunk.Trunks;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.keyvault.renewal.Renewal;
import io.elottery.keyvault.revocation.Revocations;
import io.elottery.ledger.mailroom.Route;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.Lead;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.roster.RosterWorker;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
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

  private final NodeKeys keys;
  private final List<MainAddress> mains;
  private final Optional<JoinToken> token;
  private final NettyRuntime runtime;
  private final NodeLoop loop;
  private final LoopThread thread;
  private final Readiness.Check check;
  private final RosterBook book;
  private final Trunks trunks;
  private final Lanes lanes;
  private final Switchboard switchboard;
  private final MainCalls calls;
  private final Set<NodeId> connected = new TreeSet<>();
  private final Set<NodeId> dialled = new TreeSet<>();

  /**
   * @param token shown if there is no certificate yet
   * @param loop the gateway's; turned by this network from its start to its close
   * @param check ready once a worker can be asked
   */
  public GatewayNetwork(
      NodeKeys keys,
      Path dir,
      List<MainAddress> mains,
      OwnAddresses own,
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
    this.book = new RosterBook(dir);
    this.lanes = new Lanes();
    Revocations revocations = Revocations.open(dir.resolve("revocations"), Runnable::run);
    this.trunks =
        new NettyTrunks(
            keys.node(),
            Role.GATEWAY,
            TrunkConfig.dialOnly(own),
            keys::sslContext,
            revocations::refusal,
            lanes,
            listener(lanes),
            runtime);
    this.switchboard = new Switchboard(Lanes.LEDGER, trunks, loop);
    this.calls = new MainCalls(switchboard, loop);
    lanes.add(Lanes.LEDGER, module -> true, loop, switchboard);
    revocations.onChange(newer -> trunks.recheck());
    revocations.serveOn(switchboard);
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

  /** Adds what came and was not taken. */
  public void register(MeterRegistry meters) {
    RejectionMeters.register(meters, "trunks", switchboard.rejections());
    RejectionMeters.register(meters, "trunks", lanes::dropped);
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
    return new GatewayRoute(
        book::ring, connected::contains, mains.stream().map(MainAddress::id).toList());
  }

  /**
   * The network's state as main sees it, as JSON; completes on the loop, exceptionally when no main
   * answers. Any thread.
   */
  public CompletableFuture<byte[]> picture() {
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    if (!loop.post(() -> calls.picture(connectedMains(), result))) {
      result.completeExceptionally(new IllegalStateException("the gateway's loop is full"));
    }
    return result;
  }

  /**
   * Brings a call of the staff to a main; completes on the loop, exceptionally when none takes it.
   * Any thread.
   *
   * @param call as JSON
   * @param repeatable whether a second main is asked when the outcome at the first is unknown
   * @param settles of an answer: whether no second main is asked
   */
  public CompletableFuture<byte[]> office(
      byte[] call, boolean repeatable, Predicate<byte[]> settles) {
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    Runnable ask =
        () -> {
          List<NodeId> reached = connectedMains();
          if (reached.isEmpty()) {
            result.completeExceptionally(new IllegalStateException("no main is connected"));
          } else {
            calls.office(reached, new StaffQuestion(call, repeatable, settles), result);
          }
        };
    if (!loop.post(ask)) {
      result.completeExceptionally(new IllegalStateException("the gateway's loop is full"));
    }
    return result;
  }

  /** Sends to every connected main; on the loop. */
  public void tellMains(Envelope envelope) {
    connectedMains().forEach(main -> switchboard.send(main, envelope));
  }

  private List<NodeId> connectedMains() {
    return mains.stream().map(MainAddress::id).filter(connected::contains).toList();
  }

  private void begin() {
    book.load();
    new Renewal(keys, Renewal.over(switchboard, this::connectedMains), Runnable::run, loop).start();
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
    for (RosterWorker worker : book.roster().workers()) {
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
      calls.announce(peer.id(), book, () -> connected.contains(peer.id()));
    }
    readiness();
  }

  private void left(Peer peer) {
    connected.remove(peer.id());
    readiness();
  }

  private void lead(Peer from, Envelope envelope) throws MalformedMessage {
    onlyMain(from);
    book.admits(Lead.parse(envelope.body()));
  }

  private void roster(Peer from, Envelope envelope) throws MalformedMessage {
    onlyMain(from);
    Roster fresh = Roster.parse(envelope.body());
    if (book.offer(fresh)) {
      log.info("roster {}/{}: {} workers", fresh.fence(), fresh.version(), fresh.workers().size());
      dialWorkers();
      readiness();
    }
  }

  private static void onlyMain(Peer from) throws MalformedMessage {
    if (from.role() != Role.MAIN) {
      throw new MalformedMessage(from + " is no main");
    }
  }

  private void readiness() {
    boolean worker = dialled.stream().anyMatch(connected::contains);
    if (book.ring().isPresent() && worker) {
      check.ready();
    } else if (book.ring().isEmpty()) {
      check.notReady("waits for main's roster");
    } else {
      check.notReady("reaches no worker");
    }
  }
}
