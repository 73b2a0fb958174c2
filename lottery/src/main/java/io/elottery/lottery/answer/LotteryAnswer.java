package io.elottery.lottery.answer;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.catalog.PastResults;
import io.elottery.lottery.command.PasswordHash;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.money.MoneyBalance;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.results.PastResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the lottery answers to a query.
 *
 * <p>Bytes: {@code u8 version = 1, u8 tag, fields}; see {@code docs/formats/lottery.md}.
 */
public sealed interface LotteryAnswer {
  /** The version of the bytes. */
  int VERSION = 1;

  /** The tag of {@link TicketFound}, whose receipt is sealed when it leaves. */
  int TICKET_FOUND_TAG = 206;

  /** What to do for each. */
  interface Cases<R> {
    /** Unanswered. */
    R unanswered(Unanswered answer);

    /** SessionFound. */
    R sessionFound(SessionFound answer);

    /** CredentialsFound. */
    R credentialsFound(CredentialsFound answer);

    /** DrawsFound. */
    R drawsFound(DrawsFound answer);

    /** DrawFound. */
    R drawFound(DrawFound answer);

    /** LeavesFound. */
    R leavesFound(LeavesFound answer);

    /** TicketFound. */
    R ticketFound(TicketFound answer);

    /** TicketMissing. */
    R ticketMissing(TicketMissing answer);

    /** TicketsFound. */
    R ticketsFound(TicketsFound answer);

    /** HistoryFound. */
    R historyFound(HistoryFound answer);

    /** ProofFound. */
    R proofFound(ProofFound answer);

    /** SaleProven. */
    R saleProven(SaleProven answer);

    /** BundleFound. */
    R bundleFound(BundleFound answer);

    /** ResultFound. */
    R resultFound(ResultFound answer);

    /** WorkFound. */
    R workFound(WorkFound answer);

    /** GamesFound. */
    R gamesFound(GamesFound answer);

    /** GameFound. */
    R gameFound(GameFound answer);

    /** PastResultsFound. */
    R pastResultsFound(PastResultsFound answer);

    /** PartiesFound. */
    R partiesFound(PartiesFound answer);

    /** AccountsFound. */
    R accountsFound(AccountsFound answer);

    /** ActorsFound. */
    R actorsFound(ActorsFound answer);

    /** Projected. */
    R projected(Projected answer);

    /** AvailabilityFound. */
    R availabilityFound(AvailabilityFound answer);
  }

  /** Answers with the case that this is. */
  <R> R match(Cases<R> cases);

  /** Which one it is, on the wire. */
  int tag();

  /** Writes its fields. */
  void writeFields(WireWriter out);

  /** Its bytes. */
  default byte[] encode() {
    WireWriter out = new WireWriter(256).u8(VERSION).u8(tag());
    writeFields(out);
    return out.toBytes();
  }

  /**
   * Reads one.
   *
   * @throws MalformedMessage for anything but the bytes of exactly one
   */
  static LotteryAnswer decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int version = in.u8();
    if (version != VERSION) {
      throw new MalformedMessage("answer version " + version + ": expected " + VERSION);
    }
    try {
      LotteryAnswer answer = read(in.u8(), in);
      in.done();
      return answer;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }

  private static LotteryAnswer read(int tag, WireReader in) throws MalformedMessage {
    switch (tag) {
      case Unanswered.TAG:
        return Unanswered.read(in);
      case SessionFound.TAG:
        return SessionFound.read(in);
      case CredentialsFound.TAG:
        return CredentialsFound.read(in);
      case DrawsFound.TAG:
        return DrawsFound.read(in);
      case DrawFound.TAG:
        return DrawFound.read(in);
      case LeavesFound.TAG:
        return LeavesFound.read(in);
      case TicketFound.TAG:
        return TicketFound.read(in);
      case TicketMissing.TAG:
        return TicketMissing.read(in);
      case TicketsFound.TAG:
        return TicketsFound.read(in);
      case HistoryFound.TAG:
        return HistoryFound.read(in);
      case ProofFound.TAG:
        return ProofFound.read(in);
      case SaleProven.TAG:
        return SaleProven.read(in);
      case BundleFound.TAG:
        return BundleFound.read(in);
      case ResultFound.TAG:
        return ResultFound.read(in);
      case WorkFound.TAG:
        return WorkFound.read(in);
      case GamesFound.TAG:
        return GamesFound.read(in);
      case GameFound.TAG:
        return GameFound.read(in);
      case PastResultsFound.TAG:
        return PastResultsFound.read(in);
      case PartiesFound.TAG:
        return PartiesFound.read(in);
      case AccountsFound.TAG:
        return AccountsFound.read(in);
      case ActorsFound.TAG:
        return ActorsFound.read(in);
      case Projected.TAG:
        return Projected.read(in);
      case AvailabilityFound.TAG:
        return AvailabilityFound.read(in);
      default:
        throw new MalformedMessage("answer " + tag + " is not known");
    }
  }

  /** There is no such thing, or not yet. */
  record Unanswered(Refusal why) implements LotteryAnswer {
    static final int TAG = 200;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      why.write(out);
    }

    static Unanswered read(WireReader in) throws MalformedMessage {
      return new Unanswered(Refusal.read(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unanswered(this);
    }
  }

  /** A session; it may have expired. */
  record SessionFound(PlayerId player, String name, Instant expiresAt, Money balance)
      implements LotteryAnswer {
    static final int TAG = 201;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.player(out, player);
      out.text(name);
      Fields.instant(out, expiresAt);
      balance.write(out);
    }

    static SessionFound read(WireReader in) throws MalformedMessage {
      return new SessionFound(Fields.player(in), in.text(), Fields.instant(in), Money.read(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sessionFound(this);
    }
  }

  /** What to check a password against. */
  record CredentialsFound(PlayerId player, String name, PasswordHash password)
      implements LotteryAnswer {
    static final int TAG = 202;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.player(out, player);
      out.text(name);
      password.write(out);
    }

    static CredentialsFound read(WireReader in) throws MalformedMessage {
      return new CredentialsFound(Fields.player(in), in.text(), PasswordHash.read(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.credentialsFound(this);
    }
  }

  /**
   * A page of draws.
   *
   * @param next cursor of the next page; empty when this is the last
   */
  record DrawsFound(List<DrawSummary> items, Optional<String> next) implements LotteryAnswer {
    static final int TAG = 203;

    /** Copies. */
    public DrawsFound {
      items = List.copyOf(items);
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.list(out, items, (to, value) -> value.write(to));
      Fields.optional(out, next, WireWriter::text);
    }

    static DrawsFound read(WireReader in) throws MalformedMessage {
      return new DrawsFound(
          Fields.list(in, 1000, DrawSummary::read), Fields.optional(in, WireReader::text));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.drawsFound(this);
    }
  }

  /** A draw. */
  record DrawFound(DrawDetail draw) implements LotteryAnswer {
    static final int TAG = 204;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      draw.write(out);
    }

    static DrawFound read(WireReader in) throws MalformedMessage {
      return new DrawFound(DrawDetail.read(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.drawFound(this);
    }
  }

  /**
   * Leaves in ledger order.
   *
   * @param from index of the first
   * @param size leaves of the draw
   */
  record LeavesFound(long from, long size, List<Octets> leaves) implements LotteryAnswer {
    static final int TAG = 205;

    /** Copies. */
    public LeavesFound {
      leaves = List.copyOf(leaves);
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      out.varint(from);
      out.varint(size);
      Fields.list(out, leaves, Fields::octets);
    }

    static LeavesFound read(WireReader in) throws MalformedMessage {
      return new LeavesFound(in.varint(), in.varint(), Fields.list(in, 100_000, Fields::octets));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.leavesFound(this);
    }
  }

  /** A ticket. */
  record TicketFound(TicketView ticket) implements LotteryAnswer {
    static final int TAG = TICKET_FOUND_TAG;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      ticket.write(out);
    }

    static TicketFound read(WireReader in) throws MalformedMessage {
      return new TicketFound(TicketView.read(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ticketFound(this);
    }
  }

  /**
   * No ticket.
   *
   * @param mayStillCome false: its draw has closed, so it never will
   */
  record TicketMissing(TicketId ticket, boolean mayStillCome, Optional<Refusal> why)
      implements LotteryAnswer {
    static final int TAG = 219;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.ticket(out, ticket);
      out.bool(mayStillCome);
      Fields.optional(out, why, (to, value) -> value.write(to));
    }

    static TicketMissing read(WireReader in) throws MalformedMessage {
      return new TicketMissing(Fields.ticket(in), in.bool(), Fields.optional(in, Refusal::read));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ticketMissing(this);
    }
  }

  /**
   * A page of tickets.
   *
   * @param next cursor of the next page; empty when this is the last
   */
  record TicketsFound(List<TicketView> items, List<TicketPending> pending, Optional<String> next)
      implements LotteryAnswer {
    static final int TAG = 220;

    /** Copies. */
    public TicketsFound {
      items = List.copyOf(items);
      pending = List.copyOf(pending);
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.list(out, items, (to, value) -> value.write(to));
      Fields.list(out, pending, (to, value) -> value.write(to));
      Fields.optional(out, next, WireWriter::text);
    }

    static TicketsFound read(WireReader in) throws MalformedMessage {
      return new TicketsFound(
          Fields.list(in, 1000, TicketView::read),
          Fields.list(in, 1000, TicketPending::read),
          Fields.optional(in, WireReader::text));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ticketsFound(this);
    }
  }

  /**
   * A page of what happened to a player, newest first.
   *
   * @param next cursor of the next page; empty when this is the last
   */
  record HistoryFound(List<HistoryItem> items, Optional<String> next) implements LotteryAnswer {
    static final int TAG = 225;

    /** Copies. */
    public HistoryFound {
      items = List.copyOf(items);
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.list(out, items, (to, value) -> value.write(to));
      Fields.optional(out, next, WireWriter::text);
    }

    static HistoryFound read(WireReader in) throws MalformedMessage {
      return new HistoryFound(
          Fields.list(in, 1000, HistoryItem::read), Fields.optional(in, WireReader::text));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.historyFound(this);
    }
  }

  /**
   * A proof of inclusion (RFC 6962).
   *
   * @param path 32 bytes each, lowest first
   * @param root 32 bytes
   */
  record ProofFound(
      DrawRef draw,
      TicketId ticket,
      Octets leaf,
      long index,
      long size,
      List<Octets> path,
      Octets root)
      implements LotteryAnswer {
    static final int TAG = 209;

    /** Copies. */
    public ProofFound {
      path = List.copyOf(path);
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.draw(out, draw);
      Fields.ticket(out, ticket);
      Fields.octets(out, leaf);
      out.varint(index);
      out.varint(size);
      Fields.list(out, path, Fields::octets);
      out.raw(root.toBytes());
    }

    static ProofFound read(WireReader in) throws MalformedMessage {
      return new ProofFound(
          Fields.draw(in),
          Fields.ticket(in),
          Fields.octets(in),
          in.varint(),
          in.varint(),
          Fields.list(in, 100_000, Fields::octets),
          Fields.octets(in, 32));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.proofFound(this);
    }
  }

  /**
   * That a sale is in the digest of its shard's state after so many commands.
   *
   * @param figures of that digest
   * @param index of the sale among all of the shard
   * @param size sales up to then
   * @param path RFC 6962 audit path, lowest sibling first
   */
  record SaleProven(long commands, long figures, long index, long size, List<Octets> path)
      implements LotteryAnswer {
    static final int TAG = 222;

    /** Copies. */
    public SaleProven {
      path = List.copyOf(path);
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      out.varint(commands).i64(figures).varint(index).varint(size);
      Fields.list(out, path, Fields::octets);
    }

    static SaleProven read(WireReader in) throws MalformedMessage {
      return new SaleProven(
          in.varint(),
          in.i64(),
          in.varint(),
          in.varint(),
          Fields.list(in, Long.SIZE, Fields::octets));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.saleProven(this);
    }
  }

  /**
   * The evidence file.
   *
   * @param json canonical JSON
   */
  record BundleFound(Octets json) implements LotteryAnswer {
    static final int TAG = 210;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.octets(out, json);
    }

    static BundleFound read(WireReader in) throws MalformedMessage {
      return new BundleFound(Fields.octets(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.bundleFound(this);
    }
  }

  /**
   * What was drawn.
   *
   * @param outcome empty before the draw
   */
  record ResultFound(
      DrawRef draw, DrawState state, Optional<DrawOutcome> outcome, Optional<Instant> certifiedAt)
      implements LotteryAnswer {
    static final int TAG = 211;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.draw(out, draw);
      out.u8(state.ordinal());
      Fields.optional(out, outcome, (to, value) -> value.write(to));
      Fields.optional(out, certifiedAt, Fields::instant);
    }

    static ResultFound read(WireReader in) throws MalformedMessage {
      return new ResultFound(
          Fields.draw(in),
          Fields.choice(in, DrawState.values()),
          Fields.optional(in, DrawOutcome::read),
          Fields.optional(in, Fields::instant));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.resultFound(this);
    }
  }

  /** What waits for a party, oldest draw first. */
  record WorkFound(List<PartyTask> tasks) implements LotteryAnswer {
    static final int TAG = 212;

    /** Copies. */
    public WorkFound {
      tasks = List.copyOf(tasks);
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.list(out, tasks, (to, value) -> value.write(to));
    }

    static WorkFound read(WireReader in) throws MalformedMessage {
      return new WorkFound(Fields.list(in, 1000, PartyTask::read));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.workFound(this);
    }
  }

  /** All games, by name. */
  record GamesFound(List<GameView> games) implements LotteryAnswer {
    static final int TAG = 213;

    /** Copies. */
    public GamesFound {
      games = List.copyOf(games);
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.list(out, games, (to, value) -> value.write(to));
    }

    static GamesFound read(WireReader in) throws MalformedMessage {
      return new GamesFound(Fields.list(in, 1000, GameView::read));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.gamesFound(this);
    }
  }

  /** A game. */
  record GameFound(GameView game) implements LotteryAnswer {
    static final int TAG = 214;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      game.write(out);
    }

    static GameFound read(WireReader in) throws MalformedMessage {
      return new GameFound(GameView.read(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.gameFound(this);
    }
  }

  /**
   * A page of past results.
   *
   * @param next cursor of the next page; empty when this is the last
   */
  record PastResultsFound(List<PastResult> items, Optional<String> next) implements LotteryAnswer {
    static final int TAG = 215;

    /** Copies. */
    public PastResultsFound {
      items = List.copyOf(items);
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.list(out, items, PastResults::write);
      Fields.optional(out, next, WireWriter::text);
    }

    static PastResultsFound read(WireReader in) throws MalformedMessage {
      return new PastResultsFound(
          Fields.list(in, 1000, PastResults::read), Fields.optional(in, WireReader::text));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pastResultsFound(this);
    }
  }

  /**
   * The parties file.
   *
   * @param parties canonical JSON
   */
  record PartiesFound(int version, String parties) implements LotteryAnswer {
    static final int TAG = 216;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      out.varint(version);
      out.text(parties);
    }

    static PartiesFound read(WireReader in) throws MalformedMessage {
      return new PartiesFound(in.count(Integer.MAX_VALUE), in.text());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.partiesFound(this);
    }
  }

  /** Money by currency. */
  record AccountsFound(List<MoneyBalance> balances) implements LotteryAnswer {
    static final int TAG = 221;

    /** Copies. */
    public AccountsFound {
      balances = List.copyOf(balances);
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.list(out, balances, (to, value) -> value.write(to));
    }

    static AccountsFound read(WireReader in) throws MalformedMessage {
      return new AccountsFound(Fields.list(in, 1000, MoneyBalance::read));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.accountsFound(this);
    }
  }

  /** What a plug-in said, as canonical JSON: an object. */
  record Projected(Octets json) implements LotteryAnswer {
    static final int TAG = 224;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.octets(out, json);
    }

    static Projected read(WireReader in) throws MalformedMessage {
      return new Projected(Fields.octets(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.projected(this);
    }
  }

  /**
   * Actors of a branch in memory.
   *
   * @param all of them
   * @param largest the largest first
   */
  record ActorsFound(Census all, List<ActorSize> largest) implements LotteryAnswer {
    static final int TAG = 223;

    /** Copies. */
    public ActorsFound {
      largest = List.copyOf(largest);
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      all.write(out);
      Fields.list(out, largest, (to, value) -> value.write(to));
    }

    static ActorsFound read(WireReader in) throws MalformedMessage {
      return new ActorsFound(Census.read(in), Fields.list(in, 1000, ActorSize::read));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.actorsFound(this);
    }
  }

  /** Draws on sale; none: the branch misses the game. */
  record AvailabilityFound(List<DrawLeft> draws) implements LotteryAnswer {
    static final int TAG = 218;

    /** Copies. */
    public AvailabilityFound {
      draws = List.copyOf(draws);
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.list(out, draws, (to, value) -> value.write(to));
    }

    static AvailabilityFound read(WireReader in) throws MalformedMessage {
      return new AvailabilityFound(Fields.list(in, 1000, DrawLeft::read));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.availabilityFound(this);
    }
  }
}
