package io.elottery.ledger.node;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.RandomSource;
import io.elottery.ledger.call.Question;
import io.elottery.ledger.call.Response;
import io.elottery.ledger.call.Testify;
import io.elottery.ledger.call.Testimony;
import io.elottery.ledger.head.Chain;
import io.elottery.ledger.machine.ReplicatedMachine;
import io.elottery.ledger.machine.ReplyFinisher;
import io.elottery.ledger.raft.Proposal;
import io.elottery.ledger.raft.RaftGroup;
import io.elottery.ledger.shard.LogPosition;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard on this worker: gathers commands into batches while it writes, and answers.
 *
 * <p>What arrives in a loop turn goes into one batch at the turn's end; while one waits for its
 * commit, more is gathered, and follows at once when it fills a batch, up to {@code
 * batchesUnderWay}. So an idle shard never waits and a busy one makes large batches. On the ledger
 * loop.
 */
final class Replica {
  private static final Logger log = LoggerFactory.getLogger(Replica.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  // Well below the time after which a mailroom gives an attempt up: then nobody hears that it was
  // not written, and asks on.
  static final Duration QUEUE_AGE_MAX = Duration.ofMillis(500);

  private final ShardId shard;
  private final RaftGroup group;
  private final ReplicatedMachine machine;
  private final BatchMachine batches;
  private final Testimonies testimonies;
  private final ReplyFinisher finisher;
  private final LedgerConfig config;
  private final NodeLoop loop;
  private final RandomSource random;
  private final Outlook outlook;
  private final HeldCalls held;
  private final Queue<Waiting> queue = new ArrayDeque<>();
  private final List<Answers> reads = new ArrayList<>();
  private final List<byte[]> readBodies = new ArrayList<>();
  private int underWay;
  private boolean wakeUnderWay;
  private boolean wrote; // when this was looked at last
  private long busy;
  private long late;
  private long proposedEntries;
  private long proposedCommands;
  private long toldNanos; // when an outcome was told last

  /**
   * A command or question that waits for a batch.
   *
   * @param untilNanos after that it is not proposed any more
   */
  private record Waiting(
      byte[] command,
      Optional<Question> question,
      Answers answers,
      long sinceNanos,
      long untilNanos) {}

  /** What this worker knows beside the shard's log. */
  interface Outlook {
    /** Why nothing can be taken that needs room, for a person. */
    Optional<String> full();

    /** Whether this writer of the shard is believed dead. */
    boolean doubts(NodeId writer);
  }

  Replica(
      ShardId shard,
      RaftGroup group,
      ReplicatedMachine machine,
      BatchMachine batches,
      Testimonies testimonies,
      ReplyFinisher finisher,
      LedgerConfig config,
      NodeLoop loop,
      RandomSource random,
      Outlook outlook) {
    this.shard = shard;
    this.group = group;
    this.machine = machine;
    this.batches = batches;
    this.testimonies = testimonies;
    this.finisher = finisher;
    this.config = config;
    this.loop = loop;
    this.random = random;
    this.outlook = outlook;
    this.held = new HeldCalls(loop, config.queue());
  }

  RaftGroup group() {
    return group;
  }

  /** The hashes of its history. */
  Chain chain() {
    return batches.chain();
  }

  ReplicatedMachine machine() {
    return machine;
  }

  /** Commands answered busy so far. */
  long busy() {
    return busy;
  }

  /** Commands that were not proposed because their time was over. */
  long late() {
    return late;
  }

  /** Entries proposed so far. */
  long entries() {
    return proposedEntries;
  }

  /** Commands and questions in them. */
  long commands() {
    return proposedCommands;
  }

  /** Commands that wait for a batch. */
  int queued() {
    return queue.size();
  }

  /** How long the oldest command waits for a batch; zero when none does. */
  Duration queueAge() {
    Waiting oldest = queue.peek();
    return oldest == null
        ? Duration.ZERO
        : Duration.ofNanos(loop.time().nanos() - oldest.sinceNanos);
  }

  /** Writes a command that changes nothing, if this replica is the writer. */
  void canary(Answers answers) {
    command(machine.wakeCommand(), QUEUE_AGE_MAX, answers);
  }

  /**
   * Takes a command for the next batch.
   *
   * @param patience how long it may wait for that at most; in no case longer than {@link
   *     #QUEUE_AGE_MAX}
   */
  void command(byte[] command, Duration patience, Answers answers) {
    write(command, Optional.empty(), patience, answers);
  }

  /** Puts a question into the log; the answer is what this replica said to it. */
  void question(Question question, Answers answers) {
    write(question.query(), Optional.of(question), QUEUE_AGE_MAX, answers);
  }

  /** What this replica said to a question; nothing while it does not come by. */
  void testify(NodeId self, Testify asked, Consumer<Optional<Testimony>> told) {
    testimonies.ask(
        asked.id(),
        asked.patience(),
        given -> {
          if (given.isEmpty()) {
            told.accept(Optional.empty());
            return;
          }
          LogPosition position = new LogPosition(given.get().position());
          finisher.finishAll(
              shard,
              List.of(given.get().answer()),
              done -> told.accept(Optional.of(sealed(self, asked, position, done.get(0)))));
        });
  }

  private Testimony sealed(NodeId self, Testify asked, LogPosition position, byte[] answer) {
    byte[] statement = Testimony.statement(self, shard, asked.id(), position, answer);
    return new Testimony(shard, asked.id(), position, answer, finisher.seal(statement));
  }

  private void write(
      byte[] command, Optional<Question> question, Duration patience, Answers answers) {
    long now = loop.time().nanos();
    Optional<String> full = question.isEmpty() ? outlook.full() : Optional.empty();
    if (!group.writes()) {
      sendOn(patience, () -> write(command, question, patience, answers), answers);
    } else if (full.isPresent() && machine.takesRoom(command)) {
      answers.answer(new Response.Full(full.get()));
    } else if (queue.size() >= config.queue()) {
      busy++;
      answers.answer(new Response.Busy(RETRY_AFTER));
    } else {
      Duration most = patience.compareTo(QUEUE_AGE_MAX) < 0 ? patience : QUEUE_AGE_MAX;
      queue.add(new Waiting(command, question, answers, now, now + most.toNanos()));
    }
  }

  void query(byte[] query, Duration patience, Answers answers) {
    if (!group.writes()) {
      sendOn(patience, () -> query(query, patience, answers), answers);
    } else if (reads.size() >= config.queue()) {
      busy++;
      answers.answer(new Response.Busy(RETRY_AFTER));
    } else {
      reads.add(answers);
      readBodies.add(query);
    }
  }

  private void sendOn(Duration patience, Runnable again, Answers answers) {
    Optional<NodeId> writer = group.status().writer();
    if (isTrusted(writer) || !held.hold(patience, again, answers)) {
      answers.answer(new Response.Redirect(writer));
    }
  }

  private boolean isTrusted(Optional<NodeId> writer) {
    return writer.isPresent() && !outlook.doubts(writer.get());
  }

  /** Stops taking part: what waits is told to look for another writer. */
  void close() {
    group.close();
    held.close();
    queue.forEach(waiting -> waiting.answers.answer(new Response.Redirect(Optional.empty())));
    queue.clear();
    reads.forEach(answers -> answers.answer(new Response.Redirect(Optional.empty())));
    reads.clear();
    readBodies.clear();
  }

  /** At a turn's end: proposes what was gathered. */
  void propose() {
    tellWhoWrites();
    if (!held.isEmpty() && (group.writes() || isTrusted(group.status().writer()))) {
      held.release();
    }
    dropLate();
    while (mayPropose()) {
      proposeBatch();
    }
    if (!reads.isEmpty()) {
      List<Answers> asked = List.copyOf(reads);
      List<byte[]> bodies = List.copyOf(readBodies);
      reads.clear();
      readBodies.clear();
      // One round to a majority serves all reads of a turn.
      group.read(new ReadOutcome(asked, bodies));
    }
  }

  private void tellWhoWrites() {
    boolean writes = group.writes();
    if (writes != wrote) {
      wrote = writes;
      log.info(
          "{}: {} in term {}", shard, writes ? "writes" : "writes no more", group.status().term());
    }
  }

  // A follower is sent no entry before it has answered the last one: what comes meanwhile is better
  // off together in the next one, unless it fills one already.
  private boolean mayPropose() {
    return underWay == 0
        ? !queue.isEmpty()
        : underWay < config.batchesUnderWay() && queue.size() >= config.batchCommands();
  }

  // Nothing of them was done. With more than a batch behind them there is too much to do, which
  // the caller is to know. Otherwise commits are slow, or this writer was replaced without knowing
  // it: the caller looks again, here or elsewhere, as long as it has patience.
  private void dropLate() {
    long now = loop.time().nanos();
    for (Waiting oldest = queue.peek(); oldest != null; oldest = queue.peek()) {
      if (oldest.untilNanos - now > 0) {
        return;
      }
      queue.remove();
      late++;
      boolean tooMuch =
          queue.size() >= config.batchCommands() && now - toldNanos < QUEUE_AGE_MAX.toNanos();
      oldest.answers.answer(
          tooMuch ? new Response.Busy(RETRY_AFTER) : new Response.Redirect(Optional.empty()));
    }
  }

  /** While this replica writes: lets time pass when something is due, a head as well. */
  void wakeIfDue() {
    if (wakeUnderWay || !group.writes()) {
      return;
    }
    Optional<Instant> due = machine.nextWake();
    Instant now = stampNow();
    if (due.filter(it -> !it.isAfter(now)).isPresent() || chain().isDue(now)) {
      wakeUnderWay = true;
      command(machine.wakeCommand(), QUEUE_AGE_MAX, response -> wakeUnderWay = false);
    }
  }

  /** What the machine would be given now: a clock that runs late does not hold it back. */
  private Instant stampNow() {
    Instant now = loop.time().now();
    return now.isAfter(batches.lastStamp()) ? now : batches.lastStamp();
  }

  private void proposeBatch() {
    List<byte[]> commands = new ArrayList<>();
    List<Answers> answers = new ArrayList<>();
    List<Question> questions = new ArrayList<>();
    List<Answers> askers = new ArrayList<>();
    int bytes = 0;
    for (Waiting next = queue.peek(); next != null; next = queue.peek()) {
      bytes += next.command.length;
      int taken = commands.size() + questions.size();
      if (taken > 0 && (taken == config.batchCommands() || bytes > config.batchBytes())) {
        break;
      }
      queue.remove();
      if (next.question.isPresent()) {
        questions.add(next.question.get());
        askers.add(next.answers);
      } else {
        commands.add(next.command);
        answers.add(next.answers);
      }
    }
    answers.addAll(askers);
    Batch batch =
        new Batch(loop.time().now(), random.bytes(Batch.RANDOM_BYTES), commands, questions);
    underWay++;
    proposedEntries++;
    proposedCommands += answers.size();
    batches.proposed();
    group.propose(batch.encode(), new BatchOutcome(answers));
  }

  private void answerFinished(LogPosition at, List<byte[]> replies, List<Answers> answers) {
    finisher.finishAll(
        shard,
        replies,
        finished -> {
          for (int i = 0; i < answers.size(); i++) {
            answers.get(i).answer(new Response.Answer(shard, at, finished.get(i)));
          }
        });
  }

  private final class BatchOutcome implements Proposal {
    private final List<Answers> answers;

    BatchOutcome(List<Answers> answers) {
      this.answers = answers;
    }

    @Override
    public void done(long position, Object result) {
      told();
      List<byte[]> replies = ((List<?>) result).stream().map(byte[].class::cast).toList();
      answerFinished(new LogPosition(position), replies, answers);
      // What gathered meanwhile goes now, not when the next message happens to come.
      propose();
    }

    @Override
    public void redirected(Optional<NodeId> writer) {
      end(new Response.Redirect(writer));
    }

    @Override
    public void busy() {
      end(new Response.Redirect(Optional.empty()));
    }

    @Override
    public void unknown(String why) {
      end(new Response.Unknown(why));
    }

    private void told() {
      underWay--;
      toldNanos = loop.time().nanos();
      batches.told();
    }

    private void end(Response response) {
      told();
      answers.forEach(to -> to.answer(response));
      propose();
    }
  }

  private final class ReadOutcome implements Proposal {
    private final List<Answers> answers;
    private final List<byte[]> queries;

    ReadOutcome(List<Answers> answers, List<byte[]> queries) {
      this.answers = answers;
      this.queries = queries;
    }

    @Override
    public void done(long position, Object result) {
      long applied = group.status().appliedIndex();
      List<byte[]> replies = queries.stream().map(query -> machine.query(query, applied)).toList();
      answerFinished(new LogPosition(applied), replies, answers);
    }

    @Override
    public void redirected(Optional<NodeId> writer) {
      end(new Response.Redirect(writer));
    }

    @Override
    public void busy() {
      end(new Response.Redirect(Optional.empty()));
    }

    @Override
    public void unknown(String why) {
      end(new Response.Redirect(Optional.empty()));
    }

    private void end(Response response) {
      answers.forEach(to -> to.answer(response));
    }
  }
}
