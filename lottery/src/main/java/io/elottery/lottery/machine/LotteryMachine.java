package io.elottery.lottery.machine;

import io.elottery.foundation.fault.Invariants;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.answer.Census;
import io.elottery.lottery.chronicle.ProjectionPlugin;
import io.elottery.lottery.chronicle.Projections;
import io.elottery.lottery.command.AccountCommand;
import io.elottery.lottery.command.CatalogCommand;
import io.elottery.lottery.command.DrawCommand;
import io.elottery.lottery.command.ForeignCommand;
import io.elottery.lottery.command.ForgetEnded;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.command.PartyCommand;
import io.elottery.lottery.command.Tick;
import io.elottery.lottery.command.TicketCommand;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.foreign.ForeignErrand;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.MoneyBalance;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The lottery's replicated state of one shard. Given the same calls it gives the same bytes on
 * every machine: it has no clock, no chance and no I/O of its own, and walks through nothing
 * unordered.
 *
 * <p>Before each command what is due at its stamp happens: so the first command stamped at or after
 * a draw's closing time closes it and then finds it closed. Stamps never go back; an earlier one is
 * taken as the last. One thread at a time.
 */
public final class LotteryMachine {
  private static final byte[] WAKE = new Tick().encode();

  private final RuleBooks books = new RuleBooks();
  private final int pagePositions;
  private final List<ProjectionPlugin> plugins;
  private ShardState state;
  private Apply apply;

  /** Of a shard to which nothing has happened. */
  public LotteryMachine() {
    this(TicketPages.POSITIONS);
  }

  /**
   * @param pagePositions of the ledger on one page of tickets; the same for all copies of a shard
   */
  LotteryMachine(int pagePositions) {
    this(pagePositions, Projections.standard());
  }

  /**
   * @param plugins what makes views of what happens; they change nothing
   */
  public LotteryMachine(List<ProjectionPlugin> plugins) {
    this(TicketPages.POSITIONS, plugins);
  }

  private LotteryMachine(int pagePositions, List<ProjectionPlugin> plugins) {
    this.pagePositions = pagePositions;
    this.plugins = List.copyOf(plugins);
    this.state = new ShardState(pagePositions, this.plugins);
    this.apply = new Apply(state);
  }

  /**
   * Decides a command and applies what follows.
   *
   * @param stampedAt by the writer; cut to milliseconds
   * @param random32 recorded with the batch, 32 bytes; may be the same for all its commands
   * @param position of the log entry; tickets have the machine's own positions, one per command
   * @param command as {@link LotteryCommand#encode} wrote it; anything else is refused, typed
   * @return the bytes of a {@link LotteryReply}
   */
  public byte[] execute(Instant stampedAt, byte[] random32, long position, byte[] command) {
    return happens(stampedAt, random32, position, command).get().encode();
  }

  /** Does the same where nobody waits for the reply, which is not made. */
  public void follow(Instant stampedAt, byte[] random32, long position, byte[] command) {
    happens(stampedAt, random32, position, command);
  }

  private Supplier<LotteryReply> happens(
      Instant stampedAt, byte[] random32, long position, byte[] command) {
    Invariants.check(random32.length == 32, "random of %d bytes at %d", random32.length, position);
    long stamp = Math.max(state.stamp(), millis(stampedAt));
    Moment moment = new Moment(stamp, random32, state.position() + 1);
    state.advance(moment.position(), stamp);
    int happened = happenDue(moment);
    return decided(command, moment, happened);
  }

  private static long millis(Instant at) {
    try {
      return at.toEpochMilli();
    } catch (ArithmeticException tooFar) {
      return at.getEpochSecond() < 0 ? 0 : Moment.LATEST;
    }
  }

  private Supplier<LotteryReply> decided(byte[] command, Moment moment, int happened) {
    LotteryCommand decoded;
    try {
      decoded = LotteryCommand.decode(command);
    } catch (MalformedMessage malformed) {
      return Decision.refused(RefusalCode.MALFORMED, "", String.valueOf(malformed.getMessage()))
          .reply();
    }
    Decision decision = decoded.match(new Desks(moment, happened));
    decision.events().forEach(apply::apply);
    return decision.reply();
  }

  // What is due: draws to be closed, draws to be called stalled. Each event moves its draw on.
  private int happenDue(Moment moment) {
    int happened = 0;
    Optional<ShardState.Due> due = state.firstDue();
    while (due.isPresent() && due.get().at() <= moment.stamp()) {
      Draw draw = state.draw(due.get().draw()).orElseThrow();
      apply.apply(
          draw.phase() == DrawState.OPEN
              ? DrawDesk.closing(draw, moment)
              : new LotteryEvent.DrawStalled(draw.ref()));
      happened++;
      due = state.firstDue();
    }
    return happened;
  }

  /**
   * Answers a query; changes nothing.
   *
   * @param query as {@link LotteryQuery#encode} wrote it; anything else is refused, typed
   * @param position at which the answer is asked for; the caller sees to it that it is reached
   * @return the bytes of a {@link io.elottery.lottery.answer.LotteryAnswer}
   */
  public byte[] query(byte[] query, long position) {
    try {
      return LotteryQuery.decode(query).match(new QueryDesk(state)).encode();
    } catch (MalformedMessage malformed) {
      return QueryDesk.no(RefusalCode.MALFORMED, "", String.valueOf(malformed.getMessage()))
          .encode();
    }
  }

  /** Whether the command is a new wager, of which something stays; all others may make room. */
  public static boolean takesRoom(byte[] command) {
    return LotteryCommand.isWager(command);
  }

  /**
   * 32 bytes: a digest of all tickets sold and of all changes so far. The same wherever it is taken
   * after the same commands.
   */
  public byte[] takeDigest() {
    return state.digest().take(state.position());
  }

  /** The whole state. */
  public byte[] snapshot() {
    WireWriter whole = new WireWriter();
    snapshot(whole::raw);
    return whole.toBytes();
  }

  /**
   * The whole state in pieces of at most about a mebibyte. A piece with tickets that have not
   * changed is the same array as in the snapshot before, and is never to be changed.
   */
  public void snapshot(Consumer<byte[]> pieces) {
    Snapshot.write(state, pieces);
  }

  /**
   * Becomes what was snapshot; the state so far is forgotten.
   *
   * @throws MalformedMessage when these are not the bytes of a snapshot; the state is unchanged
   */
  public void restore(byte[] snapshot) throws MalformedMessage {
    restore(List.of(snapshot));
  }

  /** The same from pieces, wherever they are cut; those that are not cut anew are kept. */
  public void restore(List<byte[]> pieces) throws MalformedMessage {
    state = Snapshot.read(pieces, books, new ShardState(pagePositions, plugins));
    apply = new Apply(state);
  }

  /** When time alone changes something; then {@link #wakeCommand} is to be executed. */
  public Optional<Instant> nextWake() {
    return state.firstDue().map(due -> Instant.ofEpochMilli(due.at()));
  }

  /** When something that ended is to leave, if what ends is kept that long. */
  public Optional<Instant> nextForget(Duration keep) {
    return Forgetting.next(state, keep);
  }

  /** The actors and tickets held, and what they take in memory. */
  public Census census() {
    return Sizes.of(state);
  }

  /** The command that lets happen what is due. */
  public byte[] wakeCommand() {
    return WAKE.clone();
  }

  /**
   * What other shards must be told, oldest first for each other branch. Whoever writes this shard
   * sends it, and executes what follows from the answer ({@link ForeignErrand#after}).
   *
   * @param most for each other branch, so that one that does not answer holds no other up
   * @param underWay ids of those that are not wanted; they count
   */
  public List<ForeignErrand> errands(int most, Predicate<String> underWay) {
    return OpenErrands.of(state, most, underWay);
  }

  /** Counted up when an errand may have come: a cheap question after every command. */
  public long errandsCalled() {
    return state.errandsCalled();
  }

  /** How many events happened to an actor so far. */
  public long eventsOf(String actorKey) {
    return state.events().getOrDefault(actorKey, 0L);
  }

  /** All money of a branch by currency: each must be {@link MoneyBalance#isConserved}. */
  public List<MoneyBalance> check(BranchId branch) {
    return state.branch(branch).map(there -> there.money().check(there)).orElse(List.of());
  }

  /** All money of the shard, branch by branch. */
  public List<MoneyBalance> check() {
    List<MoneyBalance> all = new ArrayList<>();
    state.branches().keySet().forEach(branch -> all.addAll(check(branch)));
    return all;
  }

  /** The tickets that a draw holds, for checks that look inside. */
  List<TicketId> ticketsOf(DrawRef draw) {
    return state.draw(draw).map(Draw::tickets).orElse(List.of()).stream()
        .filter(ticket -> !ticket.isCancelled())
        .map(Ticket::id)
        .toList();
  }

  /** A ticket that a branch sold, for checks that look inside. */
  Optional<Ticket> ticket(BranchId branch, TicketId id) {
    return state.branch(branch).flatMap(there -> there.ticket(id));
  }

  private final class Desks implements LotteryCommand.Cases<Decision> {
    private final Moment moment;
    private final int happened;

    Desks(Moment moment, int happened) {
      this.moment = moment;
      this.happened = happened;
    }

    @Override
    public Decision account(AccountCommand command) {
      return command.match(new AccountDesk(state, moment));
    }

    @Override
    public Decision catalog(CatalogCommand command) {
      return command.match(new CatalogDesk(state));
    }

    @Override
    public Decision draw(DrawCommand command) {
      return command.match(new DrawDesk(state, books, moment));
    }

    @Override
    public Decision ticket(TicketCommand command) {
      return command.match(new TicketDesk(state, moment));
    }

    @Override
    public Decision foreign(ForeignCommand command) {
      return command.match(new ForeignDesk(state, moment));
    }

    @Override
    public Decision party(PartyCommand command) {
      return command.match(new PartyDesk(state, moment));
    }

    @Override
    public Decision forget(ForgetEnded command) {
      return Forgetting.decide(state, moment, command);
    }

    @Override
    public Decision tick(Tick command) {
      return Decision.known(new LotteryReply.Ticked(happened));
    }
  }
}
