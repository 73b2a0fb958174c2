package io.elottery.deploy.bench.ledger;

import io.elottery.deploy.bench.netty.PlainConnection;
import io.elottery.deploy.bench.netty.PlainTcp;
import io.elottery.foundation.fault.FaultHandler;
import io.elottery.foundation.fault.FaultTable;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.LoopThread;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.time.SecureRandomSource;
import io.elottery.foundation.time.SystemTime;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.raft.GroupCommit;
import io.elottery.ledger.raft.LogMachine;
import io.elottery.ledger.raft.Proposal;
import io.elottery.ledger.raft.RaftGroup;
import io.elottery.ledger.raft.RaftPorts;
import io.elottery.ledger.raft.RaftSettings;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.rocksdb.RocksStore;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.Standing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * One of five processes that replicate a log and do nothing else: MicroRaft over RocksDB with the
 * guards and the one flush a turn of the ledger, over plain TCP. Commands of a turn share an entry,
 * as in the ledger; the next follows when the last is acknowledged.
 */
public final class BareRaftServer {
  /** A command: i64 its number, then whatever it is made of. */
  static final int COMMAND = 0x0202;

  /** Commands that are committed: u16 how many, then the number of each. */
  static final int COMMITTED = 0x0203;

  /** A command that was not taken: i64 its number, u8 the place of who writes, 255 if unknown. */
  static final int ELSEWHERE = 0x0204;

  private static final int FROM = 0x0300; // and the sender's place
  private static final int MEMBERS = 5;
  private static final int UNKNOWN = 255;
  private static final int TOGETHER_MAX = 256;
  private static final ShardId SHARD = new ShardId(0);

  private final int place;
  private final List<Member> members =
      IntStream.range(0, MEMBERS)
          .mapToObj(i -> new Member(NodeId.of("worker-" + (i + 1)), 1))
          .toList();
  private final AtomicReferenceArray<PlainConnection> others = new AtomicReferenceArray<>(MEMBERS);
  private final NodeLoop loop;
  private final GroupCommit commit;
  private final RaftGroup group;
  private List<Waiting> waiting = new ArrayList<>();
  private int proposed;

  private record Waiting(PlainConnection from, byte[] command) {
    long number() {
      return ByteBuffer.wrap(command).getLong();
    }
  }

  private BareRaftServer(int place, NodeLoop loop, RocksStore store, RandomSource random) {
    FaultHandler faults = FaultTable.standard().handler(() -> {}, BareRaftServer::halt);
    this.place = place;
    this.loop = loop;
    this.commit = new GroupCommit(loop, store, faults);
    commit.beforeFlush(this::propose);
    this.group =
        RaftGroup.open(
            SHARD,
            members.get(place),
            members,
            new Nothing(),
            RaftSettings.defaults(),
            new RaftPorts(members.get(place).node(), loop, this::send, commit, random, faults));
  }

  /**
   * Prints its port, reads all five, and serves until its input ends.
   *
   * @param args an empty directory, its place from 0
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int place = Integer.parseInt(args[1]);
    RandomSource random = new SecureRandomSource();
    NodeLoop loop =
        new NodeLoop(
            "raft",
            new SystemTime(),
            100_000,
            FaultTable.standard().handler(() -> {}, BareRaftServer::halt));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (PlainTcp tcp = new PlainTcp();
        RocksStore store = RocksStore.open(Path.of(args[0]), random)) {
      BareRaftServer[] server = new BareRaftServer[1];
      loop.post(() -> server[0] = new BareRaftServer(place, loop, store, random));
      tcp.accepting((from, envelope) -> loop.post(() -> server[0].received(from, envelope)));
      System.out.println(tcp.port());
      String[] ports = in.readLine().split(" ");
      try (LoopThread thread = new LoopThread("raft-" + place, loop)) {
        thread.start();
        CountDownLatch dialled = new CountDownLatch(MEMBERS - 1);
        for (int i = 0; i < MEMBERS; i++) {
          if (i != place) {
            int other = i;
            tcp.dial(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ports[i])),
                envelope -> {},
                connection -> {
                  loop.post(() -> server[0].others.set(other, connection));
                  dialled.countDown();
                },
                () -> {});
          }
        }
        dialled.await();
        System.out.println("serves");
        while (in.readLine() != null) {
          // Whoever started it closes this when it is to end.
          continue;
        }
      }
    }
  }

  private static void halt() {
    Runtime.getRuntime().halt(1);
  }

  private boolean send(NodeId to, Envelope envelope) {
    for (int i = 0; i < MEMBERS; i++) {
      if (members.get(i).node().equals(to)) {
        PlainConnection connection = others.get(i);
        return connection != null
            && connection.send(new Envelope(FROM + place, envelope.version(), envelope.body()));
      }
    }
    return false;
  }

  private void received(PlainConnection from, Envelope envelope) {
    if (envelope.kind() == COMMAND) {
      take(new Waiting(from, envelope.body()));
      return;
    }
    try {
      WireReader in = new WireReader(envelope.body());
      in.u16();
      Standing.read(in);
      group.received(members.get(envelope.kind() - FROM).node(), in);
    } catch (MalformedMessage malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  private void take(Waiting command) {
    if (group.writes()) {
      waiting.add(command);
    } else {
      elsewhere(command, group.status().writer());
    }
  }

  private void propose() {
    while (!waiting.isEmpty() && (proposed == 0 || waiting.size() >= TOGETHER_MAX)) {
      List<Waiting> some = List.copyOf(waiting.subList(0, Math.min(waiting.size(), TOGETHER_MAX)));
      waiting = new ArrayList<>(waiting.subList(some.size(), waiting.size()));
      WireWriter entry =
          new WireWriter(64 + some.stream().mapToInt(one -> one.command().length + 5).sum());
      entry.varint(some.size());
      some.forEach(one -> entry.bytes(one.command()));
      proposed++;
      group.propose(entry.toBytes(), new Outcome(some));
    }
  }

  private final class Outcome implements Proposal {
    private final List<Waiting> commands;

    private Outcome(List<Waiting> commands) {
      this.commands = commands;
    }

    @Override
    public void done(long position, Object result) {
      proposed--;
      PlainConnection to = commands.get(0).from(); // one caller
      WireWriter out = new WireWriter(2 + Long.BYTES * commands.size()).u16(commands.size());
      commands.forEach(one -> out.i64(one.number()));
      to.send(new Envelope(COMMITTED, 1, out.toBytes()));
    }

    @Override
    public void redirected(Optional<NodeId> writer) {
      proposed--;
      commands.forEach(one -> elsewhere(one, writer));
    }

    @Override
    public void busy() {
      redirected(Optional.empty());
    }

    @Override
    public void unknown(String why) {
      // Counted as not taken: nothing hangs on a command that does nothing.
      redirected(Optional.empty());
    }
  }

  private void elsewhere(Waiting command, Optional<NodeId> writer) {
    int at =
        writer
            .map(node -> members.stream().map(Member::node).toList().indexOf(node))
            .filter(found -> found >= 0)
            .orElse(UNKNOWN);
    command
        .from()
        .send(new Envelope(ELSEWHERE, 1, new WireWriter(9).i64(command.number()).u8(at).toBytes()));
  }

  /** Takes entries and does nothing. */
  private static final class Nothing implements LogMachine {
    @Override
    public Object apply(long position, byte[] entry) {
      return position;
    }

    @Override
    public void snapshot(Consumer<byte[]> pieces) {
      pieces.accept(new byte[] {0});
    }

    @Override
    public void restore(List<byte[]> pieces) {
      // There is nothing.
    }
  }
}
