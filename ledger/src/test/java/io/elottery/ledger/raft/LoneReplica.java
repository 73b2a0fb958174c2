package io.elottery.ledger.raft;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.simulation.SimRandom;
import io.elottery.foundation.time.Time;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.DurableStore;
import io.elottery.ledger.store.Standing;
import io.elottery.ledger.store.StoreFailed;
import io.elottery.ledger.store.StoreId;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotResponse;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.TriggerLeaderElectionRequest;
import io.microraft.model.message.VoteResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A real replica, worker-1 of five; the test speaks for the other four. Everything that leaves,
 * each sync and each completion is written down in its order.
 */
final class LoneReplica {
  static final ShardId SHARD = new ShardId(0);
  static final Standing STORE = Standing.first(StoreId.of(new byte[16]));
  static final List<Member> MEMBERS =
      IntStream.rangeClosed(1, 5).mapToObj(i -> new Member(NodeId.of("worker-" + i), 1)).toList();

  /** What happened, in order: {@code sync}, {@code done 3}, or a message's kind and receiver. */
  final List<String> happened = new ArrayList<>();

  /** Chunks of snapshots that it asked for, in order. */
  final List<Integer> asked = new ArrayList<>();

  /** The pieces of the snapshot that it became last. */
  List<byte[]> restored = List.of();

  final List<Throwable> faults = new ArrayList<>();
  final List<String> applied = new ArrayList<>();
  final Disk disk = new Disk();
  final NodeLoop loop;
  final GroupCommit commit;
  RaftGroup group;
  private final RaftSettings settings;
  private final RaftPorts ports;
  Runnable whileApplying = () -> {};
  final Map<NodeId, AppendEntriesRequest> requests = new TreeMap<>();
  private long nanos = 1;

  LoneReplica() {
    this(RaftSettings.defaults());
  }

  LoneReplica(RaftSettings settings) {
    Time time =
        new Time() {
          @Override
          public Instant now() {
            return Instant.EPOCH.plusNanos(nanos);
          }

          @Override
          public long nanos() {
            return nanos;
          }
        };
    loop = new NodeLoop("ledger", time, 10_000, (where, problem) -> faults.add(problem));
    commit = new GroupCommit(loop, disk, (where, problem) -> faults.add(problem));
    this.settings = settings;
    this.ports =
        new RaftPorts(
            NodeId.of("worker-1"),
            loop,
            this::sent,
            commit,
            new SimRandom(1),
            (where, problem) -> faults.add(problem));
    group = RaftGroup.open(SHARD, MEMBERS.get(0), MEMBERS, new Machine(), settings, ports);
    turn();
  }

  /** Stops the replica and begins again with what it has written down. */
  void restart() {
    group.close();
    group = RaftGroup.open(SHARD, MEMBERS.get(0), MEMBERS, new Machine(), settings, ports);
    turn();
  }

  /** Another replica in the same worker, of another shard. */
  RaftGroup another(List<Member> members) {
    return RaftGroup.open(
        new ShardId(members.size()), members.get(0), members, new Machine(), settings, ports);
  }

  private boolean sent(NodeId to, Envelope envelope) {
    WireReader in = new WireReader(envelope.body());
    try {
      in.u16();
      Standing.read(in);
      in.varint();
      in.varint();
      RaftMessage message = MessageCodec.decode(in, SHARD, new Endpoint(MEMBERS.get(0)));
      String kind = message.getClass().getSimpleName();
      happened.add(kind.replaceAll("Default|OrBuilder", "") + " " + to);
      if (message instanceof AppendEntriesRequest request) {
        requests.put(to, request);
      } else {
        checkSynced(kind);
      }
      if (message instanceof InstallSnapshotResponse wanted) {
        asked.add(wanted.getRequestedSnapshotChunkIndex());
      }
    } catch (MalformedMessage impossible) {
      throw new AssertionError(impossible);
    }
    return true;
  }

  private void checkSynced(String what) {
    if (disk.unsynced > 0) {
      happened.add("TOO EARLY: " + what);
    }
  }

  /** One turn of the loop, and those that it asks for. */
  void turn() {
    loop.execute(() -> {});
    while (loop.queued() > 0) {
      loop.poll();
    }
  }

  /** Lets time pass in small steps. */
  void pass(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= 10) {
      nanos += Duration.ofMillis(10).toNanos();
      turn();
    }
  }

  /** A message arrives from that worker; it is handled in the next turn. */
  void arrives(int worker, RaftMessage message) {
    Member from = MEMBERS.get(worker - 1);
    byte[] body = RaftGroup.envelope(SHARD, STORE, from, MEMBERS.get(0), message).body();
    loop.execute(() -> receive(from, body));
  }

  /** That worker has everything up to the index and answers the last request that it got. */
  void acknowledges(int worker, long lastIndex) {
    loop.execute(
        () -> {
          AppendEntriesRequest last = requests.get(MEMBERS.get(worker - 1).node());
          handled(
              worker,
              EntryCodec.MODEL
                  .createAppendEntriesSuccessResponseBuilder()
                  .setGroupId(SHARD)
                  .setSender(endpoint(worker))
                  .setTerm(group.status().term())
                  .setLastLogIndex(lastIndex)
                  .setQuerySequenceNumber(last == null ? 0 : last.getQuerySequenceNumber())
                  .setFlowControlSequenceNumber(
                      last == null ? 0 : last.getFlowControlSequenceNumber())
                  .build());
        });
  }

  /** A message is handled now, whatever is at work. */
  void handled(int worker, RaftMessage message) {
    Member from = MEMBERS.get(worker - 1);
    receive(from, RaftGroup.envelope(SHARD, STORE, from, MEMBERS.get(0), message).body());
  }

  private void receive(Member from, byte[] body) {
    try {
      WireReader in = new WireReader(body);
      in.u16();
      Standing.read(in);
      group.received(from.node(), in);
    } catch (MalformedMessage impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Makes it the writer of term 1, with what it wrote first acknowledged by nobody. */
  void elect() {
    arrives(2, preVote(2, 1));
    arrives(3, preVote(3, 1));
    turn();
    arrives(2, vote(2, 1));
    arrives(3, vote(3, 1));
    turn();
  }

  void propose(String entry) {
    group.propose(entry.getBytes(StandardCharsets.UTF_8), new Told("done"));
  }

  void read() {
    group.read(new Told("read"));
  }

  static PreVoteResponse preVote(int worker, int term) {
    return preVote(worker, term, true);
  }

  static PreVoteResponse preVote(int worker, int term, boolean granted) {
    return EntryCodec.MODEL
        .createPreVoteResponseBuilder()
        .setGroupId(SHARD)
        .setSender(endpoint(worker))
        .setTerm(term)
        .setGranted(granted)
        .build();
  }

  static VoteResponse vote(int worker, int term) {
    return EntryCodec.MODEL
        .createVoteResponseBuilder()
        .setGroupId(SHARD)
        .setSender(endpoint(worker))
        .setTerm(term)
        .setGranted(true)
        .build();
  }

  static AppendEntriesSuccessResponse success(int worker, int term, long lastIndex) {
    return EntryCodec.MODEL
        .createAppendEntriesSuccessResponseBuilder()
        .setGroupId(SHARD)
        .setSender(endpoint(worker))
        .setTerm(term)
        .setLastLogIndex(lastIndex)
        .setQuerySequenceNumber(0)
        .setFlowControlSequenceNumber(0)
        .build();
  }

  /** Entries of one term after {@code previous}. */
  static AppendEntriesRequest append(int worker, int term, long previous, int count) {
    return append(worker, term, previous, count, 0);
  }

  /** The same, with what is committed. */
  static AppendEntriesRequest append(
      int worker, int term, long previous, int count, long committed) {
    List<LogEntry> entries = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      entries.add(
          EntryCodec.MODEL
              .createLogEntryBuilder()
              .setIndex(previous + i)
              .setTerm(term)
              .setOperation(new Operation(new byte[] {(byte) i}))
              .build());
    }
    return EntryCodec.MODEL
        .createAppendEntriesRequestBuilder()
        .setGroupId(SHARD)
        .setSender(endpoint(worker))
        .setTerm(term)
        .setPreviousLogIndex(previous)
        .setPreviousLogTerm(previous == 0 ? 0 : term)
        .setCommitIndex(committed)
        .setQuerySequenceNumber(0)
        .setFlowControlSequenceNumber(0)
        .setLogEntries(entries)
        .build();
  }

  static TriggerLeaderElectionRequest trigger(int worker, int term, long lastIndex) {
    return MessageCodec.trigger(SHARD, endpoint(worker), term, term, lastIndex);
  }

  static Endpoint endpoint(int worker) {
    return new Endpoint(MEMBERS.get(worker - 1));
  }

  private final class Told implements Proposal {
    private final String what;

    Told(String what) {
      this.what = what;
    }

    @Override
    public void done(long position, Object result) {
      checkSynced(what);
      happened.add(what + " " + position);
    }

    @Override
    public void redirected(Optional<NodeId> writer) {
      happened.add(what + " redirected");
    }

    @Override
    public void busy() {
      happened.add(what + " busy");
    }

    @Override
    public void unknown(String why) {
      happened.add(what + " unknown");
    }
  }

  private final class Machine implements LogMachine {
    @Override
    public Object apply(long position, byte[] entry) {
      applied.add(position + "");
      whileApplying.run();
      return position;
    }

    @Override
    public void snapshot(Consumer<byte[]> pieces) {
      happened.add("snapshot");
      pieces.accept(new byte[] {1});
    }

    @Override
    public void restore(List<byte[]> pieces) {
      restored = List.copyOf(pieces);
    }
  }

  /** A store that can be told to fail: its next sync, and from then on everything. */
  final class Disk implements DurableStore {
    final NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    boolean failing;
    boolean full;
    private boolean failed;
    int unsynced;

    @Override
    public StoreId id() {
      return STORE.store();
    }

    @Override
    public void put(byte[] key, byte[] value) {
      check();
      if (full) {
        throw new StoreFailed("the disk is full", new IOException("told to be full"));
      }
      unsynced++;
      entries.put(key, value);
    }

    @Override
    public void deleteRange(byte[] from, byte[] to) {
      unsynced++;
      entries.subMap(from, true, to, false).clear();
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
      return Optional.ofNullable(entries.get(key));
    }

    @Override
    public void scan(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
      entries.subMap(from, true, to, false).forEach(visitor);
    }

    @Override
    public void sync() {
      failed |= failing;
      check();
      nanos += unsynced > 0 ? 1_000_000 : 0;
      unsynced = 0;
      happened.add("sync");
    }

    private void check() {
      if (failed && failing) {
        throw new StoreFailed("the disk does not sync", new IOException("told to fail"));
      }
    }

    @Override
    public void close() {}
  }
}
