package io.elottery.auditor;

import io.elottery.foundation.id.Address;
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
import io.elottery.heartbeat.netty.NettyRuntime;
import io.elottery.heartbeat.netty.NettyTrunks;
import io.elottery.heartbeat.trunk.TrunkConfig;
import io.elottery.keyvault.KeyvaultKinds;
import io.elottery.keyvault.ca.CertificateAuthority;
import io.elottery.keyvault.enrol.EnrolReply;
import io.elottery.keyvault.enrol.EnrolRequest;
import io.elottery.keyvault.enrol.JoinToken;
import io.elottery.keyvault.nodekeys.NodeKeys;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.call.CommandCall;
import io.elottery.ledger.call.Response;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.reports.ReportsKinds;
import io.elottery.reports.roster.Party;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The least a main has to be for an auditor: enrols, takes its key, has no draws. Real trunks. */
final class FakeMain implements AutoCloseable {
  static final NodeId ID = NodeId.of("main-1");

  final List<Party> parties = new CopyOnWriteArrayList<>();
  final List<LotteryQuery> queries = new CopyOnWriteArrayList<>();
  final List<NodeId> enrolled = new CopyOnWriteArrayList<>();
  final List<NodeId> renewed = new CopyOnWriteArrayList<>();
  final List<String> lost = new CopyOnWriteArrayList<>();
  final JoinToken token;
  private final SecureRandomSource random = new SecureRandomSource();
  private final CertificateAuthority authority;
  private final LoopThread thread;
  private final NettyTrunks trunks;

  FakeMain(Path directory, NettyRuntime runtime) throws Exception {
    authority = CertificateAuthority.create("test authority", random, new SystemTime());
    token = JoinToken.fresh(random, authority.fingerprint());
    NodeKeys keys = NodeKeys.open(directory.resolve("keys-main"), ID, Role.MAIN, random);
    keys.install(chain(keys.signingRequest(), ID, Role.MAIN), authority.fingerprint());
    NodeLoop loop =
        new NodeLoop(
            "main",
            new SystemTime(),
            10_000,
            (where, problem) -> {
              throw new AssertionError(where, problem);
            });
    thread = new LoopThread("main-1", loop);
    Lanes lanes = new Lanes();
    trunks =
        new NettyTrunks(
            ID,
            Role.MAIN,
            TrunkConfig.listeningOn(new Address("127.0.0.1", 0)),
            keys::sslContext,
            lanes,
            new Deaf(lanes, lost),
            runtime);
    Switchboard board = new Switchboard(Lanes.SUPERVISION, trunks, loop);
    lanes.add(Lanes.SUPERVISION, module -> true, loop, board);
    board
        .serve(KeyvaultKinds.ENROL, this::enrol)
        .serve(ReportsKinds.ANNOUNCE, (from, call, to) -> to.reply(empty(ReportsKinds.ANNOUNCED)))
        .serve(ReportsKinds.PARTY_KEY, this::partyKey)
        .serve(LedgerKinds.QUERY, this::query);
    thread.start();
    trunks.start();
  }

  Address address() {
    return trunks.listening();
  }

  /** Gives these keys a certificate whose half is over: it began five minutes ago. */
  void enrolLongAgo(NodeKeys keys) throws Exception {
    keys.install(
        chain(keys.signingRequest(), keys.node(), keys.role(), Duration.ofMinutes(2)),
        authority.fingerprint());
  }

  private List<byte[]> chain(byte[] request, NodeId node, Role role) throws Exception {
    return chain(request, node, role, Duration.ofDays(1));
  }

  private List<byte[]> chain(byte[] request, NodeId node, Role role, Duration validity)
      throws Exception {
    byte[] own = authority.issue(request, node, role, validity).getEncoded();
    return List.of(own, authority.certificate().getEncoded());
  }

  private void enrol(Peer from, Envelope call, CallHandler.Answer answer) {
    try {
      EnrolRequest asked = EnrolRequest.from(call);
      if (asked.isRenewal() && from.equals(new Peer(asked.node(), asked.role()))) {
        renewed.add(asked.node());
        List<byte[]> chain = chain(asked.signingRequest(), asked.node(), asked.role());
        answer.reply(new EnrolReply(chain).toEnvelope());
      } else if (asked.tokenId().equals(token.id())) {
        enrolled.add(asked.node());
        List<byte[]> chain = chain(asked.signingRequest(), asked.node(), asked.role());
        answer.reply(new EnrolReply(chain).toEnvelope());
      } else {
        answer.refuse("TOKEN", "not a token of this network");
      }
    } catch (Exception wrong) {
      answer.refuse("MALFORMED", wrong.toString());
    }
  }

  private void partyKey(Peer from, Envelope call, CallHandler.Answer answer) {
    try {
      parties.add(Party.parse(call.body()));
      answer.reply(empty(ReportsKinds.PARTY_KEY_TAKEN));
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", malformed.toString());
    }
  }

  private void query(Peer from, Envelope call, CallHandler.Answer answer) {
    try {
      queries.add(LotteryQuery.decode(CommandCall.of(call).body()));
      byte[] nothing = new LotteryAnswer.WorkFound(List.of()).encode();
      answer.reply(new Response.Answer(new ShardId(0), LogPosition.START, nothing).envelope());
    } catch (MalformedMessage malformed) {
      answer.refuse("MALFORMED", malformed.toString());
    }
  }

  private static Envelope empty(int kind) {
    return new Envelope(kind, ReportsKinds.VERSION, new byte[0]);
  }

  @Override
  public void close() {
    trunks.close();
    thread.close();
  }

  private record Deaf(Lanes lanes, List<String> lost) implements ConnectionListener {
    @Override
    public void connected(Peer peer) {}

    @Override
    public void disconnected(Peer peer, String why) {
      lost.add(peer + ": " + why);
      lanes.disconnected(peer.id());
    }
  }
}
