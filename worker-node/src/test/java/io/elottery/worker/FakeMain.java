package io.elottery.worker;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Lanes;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.connection.ConnectionListener;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.heartbeat.link.Purpose;
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.enrol.EnrolReply;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.keystep.KeyConfirm;
import io.elottery.keyvault.keystep.KeyStep;
import io.elottery.keyvault.keystep.PairKeyGrant;
import io.elottery.keyvault.keystep.ReceiptKeyGrant;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.keyvault.secret.Secret;
import io.elottery.ledger.ring.Ring;
import io.elottery.ledger.ring.RingBuilder;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.order.Lead;
import io.elottery.reports.order.Order;
import io.elottery.reports.report.Report;
import io.elottery.reports.roster.Announce;
import io.elottery.reports.roster.Roster;
import io.elottery.reports.roster.RosterMain;
import io.elottery.reports.roster.RosterWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The least a main has to be for workers: enrols who shows the token, and once the expected workers
 * have announced themselves sends roster, ring and keys. Its trunks are real.
 */
final class FakeMain implements AutoCloseable {
  static final NodeId ID = NodeId.of("main-1");
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  final List<Report> reports = new CopyOnWriteArrayList<>();
  final List<KeyConfirm> confirms = new CopyOnWriteArrayList<>();
  final JoinToken token;
  private final SecureRandomSource random = new SecureRandomSource();
  private final CertificateAuthority authority;
  private final Path directory;
  private final NodeLoop loop;
  private final LoopThread thread;
  private final NettyTrunks trunks;
  private final Switchboard board;
  private final List<NodeId> expected;
  private final int shards;
  private final Map<NodeId, Announce> announced = new ConcurrentSkipListMap<>();
  private final Map<LinkId, Secret> pairKeys = new TreeMap<>();
  private final Map<Integer, Secret> receiptKeys = new TreeMap<>();
  private volatile boolean sent;
  private long version;
  private long fence = 7;

  FakeMain(Path directory, NettyRuntime runtime, List<NodeId> expected, int shards)
      throws Exception {
    this.directory = directory;
    this.expected = expected;
    this.shards = shards;
    authority = CertificateAuthority.create("test authority", random, new SystemTime());
    token = JoinToken.fresh(random, authority.fingerprint());
    NodeKeys keys = keys(ID, Role.MAIN);
    loop = new NodeLoop("main", new SystemTime(), 10_000, FakeMain::fault);
    thread = new LoopThread("main-1", loop);
    Lanes lanes = new Lanes();
    trunks =
        new NettyTrunks(
            ID,
            Role.MAIN,
            TrunkConfig.listeningOn(new Address("127.0.0.1", 0)),
            keys::sslContext,
            lanes,
            listener(lanes),
            runtime);
    board = new Switchboard(Lanes.SUPERVISION, trunks, loop);
    lanes.add(Lanes.SUPERVISION, module -> true, loop, board);
    board
        .serve(KeyvaultKinds.ENROL, this::enrol)
        .serve(ReportsKinds.ANNOUNCE, this::announce)
        .serve(ReportsKinds.REPORT, ReportsKinds.REPORT_VERSION, this::report);
    thread.start();
    trunks.start();
  }

  /** A key store with a certificate of this network. */
  NodeKeys keys(NodeId id, Role role) throws Exception {
    NodeKeys keys = NodeKeys.open(directory.resolve("keys-" + id), id, role, random);
    byte[] own = authority.issue(keys.signingRequest(), id, role, Duration.ofDays(1)).getEncoded();
    keys.install(List.of(own, authority.certificate().getEncoded()), authority.fingerprint());
    return keys;
  }

  Address address() {
    return trunks.listening();
  }

  /** The roster as it is sent now. */
  Roster roster() {
    List<RosterWorker> workers = new ArrayList<>();
    announced.forEach(
        (id, announce) -> {
          List<NodeId> others = new ArrayList<>(announced.keySet());
          others.remove(id);
          workers.add(
              new RosterWorker(id, Hemisphere.LEFT, announce.trunk(), announce.link(), others));
        });
    return new Roster(
        fence,
        ++version,
        List.of(new RosterMain(ID, address())),
        List.of(new Lead(Hemisphere.LEFT, ID, fence)),
        workers,
        List.of(),
        ring().encode(),
        List.of());
  }

  /** Whether all workers it expects have announced themselves and were told of each other. */
  boolean hasSentRoster() {
    return sent;
  }

  Ring ring() {
    return RingBuilder.place(expected, shards, Math.min(5, expected.size()));
  }

  CompletableFuture<Envelope> order(NodeId to, Order order) {
    return call(to, order.envelope());
  }

  boolean isConnected(NodeId worker) {
    return trunks.connected().contains(worker);
  }

  /** What a worker answers to the step. */
  CompletableFuture<KeyConfirm> step(NodeId to, KeyStep step) {
    return call(to, step.toEnvelope())
        .thenApply(
            answer -> {
              try {
                return KeyConfirm.from(answer);
              } catch (MalformedMessage malformed) {
                throw new AssertionError(malformed);
              }
            });
  }

  /** Sends whatever it is. */
  void send(NodeId to, Envelope envelope) {
    trunks.send(to, envelope);
  }

  CompletableFuture<Envelope> call(NodeId to, Envelope request) {
    CompletableFuture<Envelope> answer = new CompletableFuture<>();
    loop.execute(
        () ->
            board
                .call(to, request, PATIENCE)
                .whenComplete(
                    (taken, problem) -> {
                      if (problem == null) {
                        answer.complete(taken);
                      } else {
                        answer.completeExceptionally(problem);
                      }
                    }));
    return answer;
  }

  private void enrol(Peer from, Envelope request, CallHandler.Answer answer) {
    try {
      EnrolRequest asked = EnrolRequest.from(request);
      if (!asked.tokenId().equals(token.id())) {
        answer.refuse("TOKEN", "not a token of this network");
        return;
      }
      byte[] own =
          authority
              .issue(asked.signingRequest(), asked.node(), asked.role(), Duration.ofDays(1))
              .getEncoded();
      answer.reply(new EnrolReply(List.of(own, authority.certificate().getEncoded())).toEnvelope());
    } catch (Exception wrong) {
      answer.refuse("MALFORMED", wrong.toString());
    }
  }

  private void announce(Peer from, Envelope request, CallHandler.Answer answer) {
    try {
      announced.put(from.id(), Announce.parse(request.body()));
      answer.reply(new Envelope(ReportsKinds.ANNOUNCED, 1, new byte[0]));
      if (announced.keySet().containsAll(expected)) {
        Envelope roster = roster().envelope();
        announced.keySet().forEach(worker -> board.send(worker, roster));
        announced.keySet().forEach(this::sendKeys);
        sent = true;
      }
    } catch (Exception wrong) {
      answer.refuse("MALFORMED", wrong.toString());
    }
  }

  private void sendKeys(NodeId to) {
    for (NodeId other : announced.keySet()) {
      for (Purpose purpose : Purpose.values()) {
        if (!other.equals(to)) {
          LinkId link = LinkId.between(to, other, purpose);
          Secret key = pairKeys.computeIfAbsent(link, any -> Secret.random(random, 32));
          PairKeyGrant grant = new PairKeyGrant(link.toString(), 1, key);
          board
              .call(to, KeyStep.offer(grant, fence).toEnvelope(), PATIENCE)
              .thenAccept(held -> activate(to, grant));
        }
      }
    }
    for (int shard = 0; shard < shards; shard++) {
      Secret seed = receiptKeys.computeIfAbsent(shard, any -> Secret.random(random, 32));
      board.send(to, new ReceiptKeyGrant(shard, seed).toEnvelope());
    }
  }

  private void activate(NodeId to, PairKeyGrant grant) {
    KeyStep step = KeyStep.of(KeyStep.Step.ACTIVATE, grant.link(), grant.epoch(), fence);
    board.call(to, step.toEnvelope(), PATIENCE).thenAccept(this::confirmed);
  }

  private void confirmed(Envelope answer) {
    try {
      confirms.add(KeyConfirm.from(answer));
    } catch (Exception malformed) {
      throw new AssertionError(malformed);
    }
  }

  private void report(Peer from, Envelope request, CallHandler.Answer answer) {
    try {
      reports.add(Report.unpack(request.body()));
      answer.reply(new Envelope(ReportsKinds.REPORT_TAKEN, 1, new byte[0]));
    } catch (Exception malformed) {
      answer.refuse("MALFORMED", malformed.toString());
    }
  }

  /** The last report of a worker. */
  Optional<Report> last(NodeId worker) {
    return reports.stream().filter(r -> r.worker().equals(worker)).reduce((one, two) -> two);
  }

  @Override
  public void close() {
    trunks.close();
    thread.close();
  }

  private static ConnectionListener listener(Lanes lanes) {
    return new ConnectionListener() {
      @Override
      public void connected(Peer peer) {
        // Workers announce themselves.
      }

      @Override
      public void disconnected(Peer peer, String why) {
        lanes.disconnected(peer.id());
      }
    };
  }

  private static void fault(String where, Throwable problem) {
    throw new AssertionError(where, problem);
  }
}
