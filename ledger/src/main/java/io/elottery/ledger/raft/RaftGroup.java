package io.elottery.ledger.raft;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.time.Timer;
import io.elottery.foundation.wire.Envelope;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.ledger.LedgerKinds;
import io.elottery.ledger.ring.Member;
import io.elottery.ledger.ring.Membership;
import io.elottery.ledger.shard.ShardId;
import io.elottery.ledger.store.RecordDamaged;
import io.elottery.ledger.store.Standing;
import io.microraft.Ordered;
import io.microraft.QueryPolicy;
import io.microraft.RaftConfig;
import io.microraft.RaftEndpoint;
import io.microraft.RaftNode;
import io.microraft.RaftRole;
import io.microraft.exception.CannotReplicateException;
import io.microraft.exception.NotLeaderException;
import io.microraft.exception.RaftException;
import io.microraft.impl.RaftNodeImpl;
import io.microraft.impl.log.SnapshotChunkCollector;
import io.microraft.impl.state.LeaderState;
import io.microraft.impl.state.RaftState;
import io.microraft.impl.task.LeaderElectionTask;
import io.microraft.model.log.BaseLogEntry;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.InstallSnapshotResponse;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.VoteResponse;
import io.microraft.persistence.RestoredRaftState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica of a shard over MicroRaft 0.7, with the guards its known faults call for (ADR 0001).
 *
 * <p>Entries are proposed and read on the writer; every outcome is told only after all it rests on
 * is flushed here ({@link GroupCommit}). Reads go the whole round to a majority: a lease would
 * break when a survivor is told to elect itself. All on the ledger loop.
 */
public final class RaftGroup implements AutoCloseable {
  /** The version of {@link LedgerKinds#RAFT}. */
  public static final int RAFT_VERSION = 2;

  private static final Logger log = LoggerFactory.getLogger(RaftGroup.class);

  private final ShardId shard;
  private final Member self;
  private final RaftPorts ports;
  private final LoopExecutor executor;
  private final MachineAdapter machine;
  private final RaftNodeImpl node;
  private final SnapshotEdge edge;
  private final HeldPieces held;
  private final RaftClock clock;
  private final MemberChanges changes;
  private final Gallop gallop;
  private final SnapshotPace pace;
  private final Candidacies candidacies;
  private @Nullable Timer asking;
  private long staleDropped;

  private RaftGroup(
      ShardId shard,
      Member self,
      RaftPorts ports,
      LoopExecutor executor,
      Candidacies candidacies,
      MachineAdapter machine,
      RaftNodeImpl node,
      RaftClock clock) {
    this.shard = shard;
    this.self = self;
    this.ports = ports;
    this.executor = executor;
    this.candidacies = candidacies;
    this.machine = machine;
    this.node = node;
    this.edge = new SnapshotEdge(node);
    this.held = new HeldPieces(node);
    this.clock = clock;
    this.changes = new MemberChanges(node, ports.commit(), clock, shard + " on " + self);
    this.gallop = new Gallop(node);
    this.pace = new SnapshotPace(ports.commit().snapshots(), ports.loop(), executor, node);
  }

  /**
   * Opens the replica from its records, or as a first member where there are none, and starts it.
   *
   * @param members the shard's first members; one, three or five, since MicroRaft commits with half
   *     of an even number (guard 8)
   * @throws RecordDamaged when its records are not what was written; nothing runs then
   */
  public static RaftGroup open(
      ShardId shard,
      Member self,
      List<Member> members,
      LogMachine logMachine,
      RaftSettings settings,
      RaftPorts ports) {
    if (members.size() % 2 == 0) {
      throw new IllegalArgumentException(
          shard + ": " + members.size() + " first members, expected 1, 3 or 5");
    }
    return start(shard, self, members, logMachine, settings, ports);
  }

  /**
   * Opens the replica from its records, or as one that is to be added where there are none: it
   * votes for nobody until the writer adds and promotes it.
   *
   * @param self of an incarnation that never was, with nothing in the store
   * @param others who hold the shard now, as far as known; the log corrects it
   */
  public static RaftGroup join(
      ShardId shard,
      Member self,
      List<Member> others,
      LogMachine logMachine,
      RaftSettings settings,
      RaftPorts ports) {
    List<Member> known = others.stream().filter(other -> !other.equals(self)).toList();
    if (self.incarnation() < 2 || known.isEmpty()) {
      throw new IllegalArgumentException(
          shard + ": " + self + " joins " + known + ": expected a new incarnation, and others");
    }
    return start(shard, self, known, logMachine, settings, ports);
  }

  private static RaftGroup start(
      ShardId shard,
      Member self,
      List<Member> members,
      LogMachine logMachine,
      RaftSettings settings,
      RaftPorts ports) {
    Candidacies candidacies =
        new Candidacies(settings.electionTimeout(), ports.loop().time(), ports.random());
    LoopExecutor executor = new LoopExecutor(ports.loop(), ports.commit(), candidacies);
    String name = shard + " on " + self;
    MachineAdapter machine = new MachineAdapter(logMachine, ports.faults(), name);
    LogStore store = new LogStore(ports.commit(), new Keys(shard, self.incarnation()));
    RaftClock clock = new RaftClock(ports.loop().time());
    LogHead head = new LogHead();
    RaftNode.RaftNodeBuilder builder =
        RaftNode.newBuilder()
            .setGroupId(shard)
            .setConfig(config(settings))
            .setExecutor(executor)
            .setTransport(new Outgoing(shard, self, ports))
            .setStateMachine(machine)
            .setStore(store)
            .setRaftNodeReportListener(head)
            .setRandom(new RaftChance(ports.random()))
            .setClock(clock);
    Optional<RestoredRaftState> restored = store.restore();
    if (restored.isPresent()) {
      builder.setRestoredState(restored.get());
    } else {
      builder
          .setLocalEndpoint(new Endpoint(self))
          .setInitialGroupMembers(
              members.stream().map(member -> (RaftEndpoint) new Endpoint(member)).toList());
    }
    RaftNodeImpl node = (RaftNodeImpl) builder.build();
    head.watch(node);
    candidacies.watch(node);
    node.start()
        .whenComplete(
            (started, problem) -> {
              if (problem != null) {
                ports.faults().fault(name + " does not start", problem);
              }
            });
    RaftGroup group =
        new RaftGroup(shard, self, ports, executor, candidacies, machine, node, clock);
    group.asking =
        ports.loop().every(settings.heartbeatTimeout(), () -> executor.execute(group::askAgain));
    machine.whenLogIsLarge(
        settings.snapshotBytes(), () -> ports.loop().post(() -> takeSnapshot(name, node)));
    return group;
  }

  private static void takeSnapshot(String name, RaftNodeImpl node) {
    node.takeSnapshot()
        .whenComplete(
            (report, problem) -> {
              if (problem != null) {
                log.warn("{}: no snapshot of a large log yet", name, problem);
              }
            });
  }

  /** Puts the entry into the log, if this replica is the writer. */
  public void propose(byte[] entry, Proposal proposal) {
    node.<Object>replicate(new Operation(entry))
        .whenComplete((ordered, problem) -> tell(ordered, problem, proposal));
  }

  /**
   * Comes back when everything committed before now is applied here, if this replica is still the
   * writer; {@code result} says nothing, the position counts.
   */
  public void read(Proposal proposal) {
    node.<Object>query(
            MachineAdapter.Read.READ, QueryPolicy.LINEARIZABLE, Optional.empty(), Optional.empty())
        .whenComplete((ordered, problem) -> tell(ordered, problem, proposal));
  }

  /**
   * Takes a message of another replica.
   *
   * <p>Guard 1: a response of an older term is dropped here, at the moment it is handled, since
   * MicroRaft counts a stale success for the commit of another term's entries. Check and handling
   * are one step: nothing of this replica runs then, so {@link LoopExecutor} runs the handler at
   * once.
   */
  public void received(NodeId from, WireReader in) throws MalformedMessage {
    long senderIncarnation = in.varint();
    long targetIncarnation = in.varint();
    if (targetIncarnation != self.incarnation() || senderIncarnation < 1) {
      staleDropped++;
      return;
    }
    RaftEndpoint sender = new Endpoint(new Member(from, senderIncarnation));
    RaftMessage message = MessageCodec.decode(in, shard, sender);
    executor.whenIdle(() -> handle(message));
  }

  private void handle(RaftMessage message) {
    if (isResponse(message) && message.getTerm() < state().term()) {
      staleDropped++;
      return;
    }
    if (message instanceof AppendEntriesRequest request) {
      edge.handle(request);
    } else if (message instanceof InstallSnapshotRequest offer) {
      held.comes(offer);
      edge.handle(offer);
      held.came();
    } else if (message instanceof AppendEntriesFailureResponse failure) {
      gallop.handle(failure);
    } else if (message instanceof InstallSnapshotResponse wanted) {
      // MicroRaft fails on the words of one that has left.
      LeaderState leads = state().leaderState();
      if (leads != null && leads.getFollowerStateOrNull(message.getSender()) != null) {
        pace.handle(wanted);
      }
    } else if (message instanceof PreVoteResponse refusal && tellsOfLaterTerm(refusal)) {
      node.toFollower(refusal.getTerm());
    } else {
      node.handle(message);
    }
    candidacies.heard();
  }

  /**
   * Guard 14: MicroRaft does not take over the later term for which it is refused a pre-vote (Raft
   * thesis §3.3). Who has the longest log and an old term would be refused for ever by those who
   * stood in vain meanwhile, as their logs are shorter; nobody would ever write again. A refusal
   * for any other reason names at most the term that was asked for, the next one.
   */
  private boolean tellsOfLaterTerm(PreVoteResponse response) {
    return !response.isGranted()
        && state().role() == RaftRole.FOLLOWER
        && state().leader() == null
        && response.getTerm() > state().term() + 1;
  }

  /**
   * Asks the others for their votes now, because the writer is known to be dead; without effect
   * when another writer is known already or this replica is the writer.
   *
   * <p>Also when no writer is known: somebody whose log was behind stood before this replica and
   * lost, and everyone forgot the dead writer with that. The followers' own time-outs would refuse
   * each other until the dead writer has been silent for long enough.
   *
   * @return whether an election began
   */
  public boolean electInsteadOf(NodeId dead) {
    RaftEndpoint leader = state().leader();
    if (state().role() != RaftRole.FOLLOWER) {
      return false;
    }
    if (leader == null) {
      executor.execute(new LeaderElectionTask(node, false));
      return true;
    }
    if (!Endpoint.of(leader).member().node().equals(dead)) {
      return false;
    }
    BaseLogEntry last = state().log().lastLogOrSnapshotEntry();
    node.handle(
        MessageCodec.trigger(shard, leader, state().term(), last.getTerm(), last.getIndex()));
    return true;
  }

  /** To whom this replica gave its vote of the current term, maybe to itself. */
  public Optional<NodeId> votedFor() {
    return nodeOf(state().votedEndpoint());
  }

  /**
   * Guard 11: a pre-vote that was under way when its term's writer came back is never forgotten by
   * MicroRaft, and as long as it is remembered no other begins. When that writer falls silent for
   * good and a majority is in this state, nobody would ever write again: so it is begun here.
   */
  private void askAgain() {
    if (state().role() == RaftRole.FOLLOWER
        && state().preCandidateState() != null
        && state().leader() != null
        && node.isLeaderHeartbeatTimeoutElapsed()) {
      node.leader(null);
      node.runPreVote();
    }
  }

  /**
   * Hands the writing to another member; without effect when this replica does not write. Commands
   * are answered with a redirect meanwhile. When the other does not take it in time, this replica
   * goes on writing.
   */
  public void handOver(Member to) {
    // MicroRaft fails on a successor that is leaving.
    Membership now = changes().now();
    if (state().role() == RaftRole.LEADER && now.settled() && now.voters().contains(to)) {
      node.transferLeadership(new Endpoint(to))
          .whenComplete(
              (done, problem) -> {
                if (problem != null) {
                  log.info("{} on {}: not handed to {}, {}", shard, self, to, problem.toString());
                }
              });
    }
  }

  /**
   * The members that could take the writing now: they answered lately and lack at most so many
   * entries; none when this replica does not write.
   */
  public List<Member> successors(Duration lately, long lagMax) {
    LeaderState leads = state().leaderState();
    if (leads == null || state().role() != RaftRole.LEADER) {
      return List.of();
    }
    long last = state().log().lastLogOrSnapshotIndex();
    long oldest = clock.millis() - lately.toMillis() * RaftClock.SCALE;
    List<Member> able = new ArrayList<>();
    leads
        .getFollowerStates()
        .forEach(
            (endpoint, follower) -> {
              if (state().isVotingMember(endpoint)
                  && follower.responseTimestamp() >= oldest
                  && last - follower.matchIndex() <= lagMax) {
                able.add(Endpoint.of(endpoint).member());
              }
            });
    able.sort(Comparator.naturalOrder());
    return able;
  }

  /** Who this replica is. */
  public Member self() {
    return self;
  }

  /** Where this replica stands. */
  public GroupStatus status() {
    RaftState state = state();
    return new GroupStatus(
        state.role() == RaftRole.LEADER,
        nodeOf(state.leader()),
        state.term(),
        state.commitIndex(),
        machine.applied(),
        state.log().lastLogOrSnapshotIndex());
  }

  /** Whether this replica is the writer, as far as it knows. */
  public boolean writes() {
    return state().role() == RaftRole.LEADER;
  }

  /** Changes who holds the shard. */
  public MemberChanges changes() {
    return changes;
  }

  /** Pieces it has of the snapshot it is being sent; 0 when none is. */
  public int snapshotPieces() {
    SnapshotChunkCollector being = state().snapshotChunkCollector();
    return being == null ? 0 : being.getChunks().size();
  }

  /** How many pieces the snapshot has that it is being sent; 0 when none is. */
  public int snapshotPiecesOf() {
    SnapshotChunkCollector being = state().snapshotChunkCollector();
    return being == null ? 0 : being.getChunkCount();
  }

  /** Pieces of snapshots that are remembered beside the log's own; 0 when none is being sent. */
  int heldPieces() {
    return held.count();
  }

  /** Responses of older terms and messages for other incarnations, dropped. */
  public long staleDropped() {
    return staleDropped;
  }

  /** Removes all records of a replica that does not run. */
  public static void forget(GroupCommit records, ShardId shard, long incarnation) {
    records.deleteRange(from(shard, incarnation), to(shard, incarnation));
  }

  /** Before the first record of a replica. */
  public static byte[] from(ShardId shard, long incarnation) {
    return new Keys(shard, incarnation).start();
  }

  /** After its last one. */
  public static byte[] to(ShardId shard, long incarnation) {
    return new Keys(shard, incarnation).end();
  }

  /** Stops taking part; the records stay. */
  @Override
  public void close() {
    executor.close();
    if (asking != null) {
      asking.cancel();
    }
  }

  /** What every replica message begins with: shard, the sender's store, both incarnations. */
  static Envelope envelope(
      ShardId shard, Standing store, Member from, Member to, RaftMessage message) {
    WireWriter out = new WireWriter(MessageCodec.size(message)).u16(shard.number());
    store.write(out);
    out.varint(from.incarnation()).varint(to.incarnation());
    MessageCodec.encode(out, message);
    return new Envelope(LedgerKinds.RAFT, RAFT_VERSION, out.toBytes());
  }

  private RaftState state() {
    return node.state();
  }

  private static Optional<NodeId> nodeOf(@Nullable RaftEndpoint endpoint) {
    return Optional.ofNullable(endpoint).map(it -> Endpoint.of(it).member().node());
  }

  private void tell(
      @Nullable Ordered<Object> ordered, @Nullable Throwable problem, Proposal proposal) {
    Optional<NodeId> writer = nodeOf(state().leader());
    ports
        .commit()
        .afterFlush(
            () -> {
              if (ordered != null) {
                proposal.done(ordered.getCommitIndex(), ordered.getResult());
              } else {
                tell(problem, writer, proposal);
              }
            });
  }

  private void tell(@Nullable Throwable problem, Optional<NodeId> writer, Proposal proposal) {
    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
    if (cause instanceof NotLeaderException) {
      proposal.redirected(writer.filter(node -> !node.equals(self.node())));
    } else if (cause instanceof CannotReplicateException) {
      proposal.busy();
    } else if (cause instanceof RaftException) {
      proposal.unknown("the writer changed while the entry was on its way");
    } else {
      proposal.unknown(String.valueOf(cause));
    }
  }

  private static boolean isResponse(RaftMessage message) {
    return message instanceof AppendEntriesSuccessResponse
        || message instanceof AppendEntriesFailureResponse
        || message instanceof InstallSnapshotResponse
        || message instanceof VoteResponse
        || message instanceof PreVoteResponse;
  }

  private static RaftConfig config(RaftSettings settings) {
    return RaftConfig.newBuilder()
        .setLeaderHeartbeatPeriodSecs(
            Math.max(1, settings.heartbeat().toMillis() * RaftClock.SCALE / 1000))
        .setLeaderHeartbeatTimeoutSecs(
            Math.max(2, settings.heartbeatTimeout().toMillis() * RaftClock.SCALE / 1000))
        .setLeaderElectionTimeoutMillis(settings.electionTimeout().toMillis() * RaftClock.SCALE)
        .setCommitCountToTakeSnapshot(settings.snapshotEvery())
        // Snapshots by size are not taken at the same index everywhere: the writer sends its own.
        .setTransferSnapshotsFromFollowersEnabled(false)
        .setMaxPendingLogEntryCount(settings.pendingMax())
        .setAppendEntriesRequestBatchSize(settings.appendMax())
        .build();
  }

  /** All members as they count now. */
  public Collection<NodeId> members() {
    return state().effectiveGroupMembers().getMembersList().stream()
        .map(endpoint -> Endpoint.of(endpoint).member().node())
        .toList();
  }
}
