package io.elottery.lottery.query;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something the lottery is asked. Queries change nothing.
 *
 * <p>Bytes: {@code u8 version = 1, u8 tag, fields}; see {@code docs/formats/lottery.md}.
 */
public sealed interface LotteryQuery {
  /** The version of the bytes. */
  int VERSION = 1;

  /** What to do for each. */
  interface Cases<R> {
    /** SessionOf. */
    R sessionOf(SessionOf query);

    /** CredentialsById. */
    R credentialsById(CredentialsById query);

    /** CredentialsByName. */
    R credentialsByName(CredentialsByName query);

    /** ListDraws. */
    R listDraws(ListDraws query);

    /** GetDraw. */
    R getDraw(GetDraw query);

    /** Leaves. */
    R leaves(Leaves query);

    /** TicketById. */
    R ticketById(TicketById query);

    /** MyTickets. */
    R myTickets(MyTickets query);

    /** MyHistory. */
    R myHistory(MyHistory query);

    /** Proof. */
    R proof(Proof query);

    /** SaleProof. */
    R saleProof(SaleProof query);

    /** BundleOf. */
    R bundleOf(BundleOf query);

    /** ResultOf. */
    R resultOf(ResultOf query);

    /** PartyWork. */
    R partyWork(PartyWork query);

    /** Games. */
    R games(Games query);

    /** GameRules. */
    R gameRules(GameRules query);

    /** PastResults. */
    R pastResults(PastResults query);

    /** PartiesFile. */
    R partiesFile(PartiesFile query);

    /** Accounts. */
    R accounts(Accounts query);

    /** Actors. */
    R actors(Actors query);

    /** Project. */
    R project(Project query);

    /** Availability. */
    R availability(Availability query);
  }

  /** Answers with the case that this is. */
  <R> R match(Cases<R> cases);

  /** The key of the actor it is for, by which it is routed. */
  String actorKey();

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
  static LotteryQuery decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int version = in.u8();
    if (version != VERSION) {
      throw new MalformedMessage("query version " + version + ": expected " + VERSION);
    }
    try {
      LotteryQuery query = read(in.u8(), in);
      in.done();
      return query;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }

  private static LotteryQuery read(int tag, WireReader in) throws MalformedMessage {
    switch (tag) {
      case SessionOf.TAG:
        return SessionOf.read(in);
      case CredentialsById.TAG:
        return CredentialsById.read(in);
      case CredentialsByName.TAG:
        return CredentialsByName.read(in);
      case ListDraws.TAG:
        return ListDraws.read(in);
      case GetDraw.TAG:
        return GetDraw.read(in);
      case Leaves.TAG:
        return Leaves.read(in);
      case TicketById.TAG:
        return TicketById.read(in);
      case MyTickets.TAG:
        return MyTickets.read(in);
      case MyHistory.TAG:
        return MyHistory.read(in);
      case Proof.TAG:
        return Proof.read(in);
      case SaleProof.TAG:
        return SaleProof.read(in);
      case BundleOf.TAG:
        return BundleOf.read(in);
      case ResultOf.TAG:
        return ResultOf.read(in);
      case PartyWork.TAG:
        return PartyWork.read(in);
      case Games.TAG:
        return Games.read(in);
      case GameRules.TAG:
        return GameRules.read(in);
      case PastResults.TAG:
        return PastResults.read(in);
      case PartiesFile.TAG:
        return PartiesFile.read(in);
      case Accounts.TAG:
        return Accounts.read(in);
      case Actors.TAG:
        return Actors.read(in);
      case Project.TAG:
        return Project.read(in);
      case Availability.TAG:
        return Availability.read(in);
      default:
        throw new MalformedMessage("query " + tag + " is not known");
    }
  }

  /**
   * Whose session is this? Whether it has expired is for the asker to compare.
   *
   * @param tokenHash SHA-256 of the token; 32 bytes
   */
  record SessionOf(PlayerId player, Octets tokenHash) implements LotteryQuery {
    static final int TAG = 1;

    @Override
    public String actorKey() {
      return player.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.player(out, player);
      out.raw(tokenHash.toBytes());
    }

    static SessionOf read(WireReader in) throws MalformedMessage {
      return new SessionOf(Fields.player(in), Fields.octets(in, 32));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sessionOf(this);
    }
  }

  /** What to check a password against. */
  record CredentialsById(PlayerId player) implements LotteryQuery {
    static final int TAG = 2;

    @Override
    public String actorKey() {
      return player.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.player(out, player);
    }

    static CredentialsById read(WireReader in) throws MalformedMessage {
      return new CredentialsById(Fields.player(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.credentialsById(this);
    }
  }

  /**
   * What to check a password against.
   *
   * @param name case ignored
   */
  record CredentialsByName(BranchId branch, String name) implements LotteryQuery {
    static final int TAG = 3;

    @Override
    public String actorKey() {
      return branch.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.branch(out, branch);
      out.text(name);
    }

    static CredentialsByName read(WireReader in) throws MalformedMessage {
      return new CredentialsByName(Fields.branch(in), in.text());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.credentialsByName(this);
    }
  }

  /**
   * The branch's draws, latest first.
   *
   * @param cursor {@code next} of the page before
   * @param limit 1 … 500; more is taken as 500
   */
  record ListDraws(
      BranchId branch,
      Optional<GameName> game,
      Optional<DrawState> state,
      Optional<String> cursor,
      int limit)
      implements LotteryQuery {
    static final int TAG = 4;

    @Override
    public String actorKey() {
      return branch.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.branch(out, branch);
      Fields.optional(out, game, Fields::game);
      Fields.optional(out, state, (to, value) -> to.u8(value.ordinal()));
      Fields.optional(out, cursor, WireWriter::text);
      out.varint(limit);
    }

    static ListDraws read(WireReader in) throws MalformedMessage {
      return new ListDraws(
          Fields.branch(in),
          Fields.optional(in, Fields::game),
          Fields.optional(in, from -> Fields.choice(from, DrawState.values())),
          Fields.optional(in, WireReader::text),
          in.count(Integer.MAX_VALUE));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.listDraws(this);
    }
  }

  /** All that is public of a draw but its leaves. */
  record GetDraw(DrawRef draw) implements LotteryQuery {
    static final int TAG = 5;

    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.draw(out, draw);
    }

    static GetDraw read(WireReader in) throws MalformedMessage {
      return new GetDraw(Fields.draw(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.getDraw(this);
    }
  }

  /**
   * Leaves of a closed draw, in ledger order.
   *
   * @param from index of the first
   * @param count at most 5,000 are given
   */
  record Leaves(DrawRef draw, long from, int count) implements LotteryQuery {
    static final int TAG = 6;

    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.draw(out, draw);
      out.varint(from);
      out.varint(count);
    }

    static Leaves read(WireReader in) throws MalformedMessage {
      return new Leaves(Fields.draw(in), in.varint(), in.count(Integer.MAX_VALUE));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.leaves(this);
    }
  }

  /**
   * A player's ticket.
   *
   * @param draw where it was asked for; tells whether a missing one may still come
   */
  record TicketById(PlayerId player, TicketId ticket, Optional<DrawRef> draw)
      implements LotteryQuery {
    static final int TAG = 7;

    @Override
    public String actorKey() {
      return player.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.player(out, player);
      Fields.ticket(out, ticket);
      Fields.optional(out, draw, Fields::draw);
    }

    static TicketById read(WireReader in) throws MalformedMessage {
      return new TicketById(
          Fields.player(in), Fields.ticket(in), Fields.optional(in, Fields::draw));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ticketById(this);
    }
  }

  /**
   * A player's tickets, newest first.
   *
   * @param cursor {@code next} of the page before
   * @param limit 1 … 500; more is taken as 500
   */
  record MyTickets(PlayerId player, Optional<String> cursor, int limit) implements LotteryQuery {
    static final int TAG = 8;

    @Override
    public String actorKey() {
      return player.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.player(out, player);
      Fields.optional(out, cursor, WireWriter::text);
      out.varint(limit);
    }

    static MyTickets read(WireReader in) throws MalformedMessage {
      return new MyTickets(
          Fields.player(in), Fields.optional(in, WireReader::text), in.count(Integer.MAX_VALUE));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.myTickets(this);
    }
  }

  /**
   * What happened to a player, newest first.
   *
   * @param cursor {@code next} of the page before
   * @param balance what it was before the last item of the page before, minor units, where the
   *     asker knows; counting it back from now takes all that is newer
   * @param limit 1 … 500; more is taken as 500
   */
  record MyHistory(PlayerId player, Optional<String> cursor, OptionalLong balance, int limit)
      implements LotteryQuery {
    static final int TAG = 22;

    /** With the balance counted. */
    public MyHistory(PlayerId player, Optional<String> cursor, int limit) {
      this(player, cursor, OptionalLong.empty(), limit);
    }

    @Override
    public String actorKey() {
      return player.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.player(out, player);
      Fields.optional(out, cursor, WireWriter::text);
      out.u8(balance.isPresent() ? 1 : 0).i64(balance.orElse(0));
      out.varint(limit);
    }

    static MyHistory read(WireReader in) throws MalformedMessage {
      PlayerId player = Fields.player(in);
      Optional<String> cursor = Fields.optional(in, WireReader::text);
      boolean known = in.u8() == 1;
      long balance = in.i64();
      return new MyHistory(
          player,
          cursor,
          known ? OptionalLong.of(balance) : OptionalLong.empty(),
          in.count(Integer.MAX_VALUE));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.myHistory(this);
    }
  }

  /** That a ticket's leaf is in a closed draw's tree. */
  record Proof(DrawRef draw, TicketId ticket) implements LotteryQuery {
    static final int TAG = 9;

    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.draw(out, draw);
      Fields.ticket(out, ticket);
    }

    static Proof read(WireReader in) throws MalformedMessage {
      return new Proof(Fields.draw(in), Fields.ticket(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.proof(this);
    }
  }

  /**
   * That a ticket's sale is in the digest which a head of its shard's log signs.
   *
   * @param commands of that head
   */
  record SaleProof(DrawRef draw, TicketId ticket, long commands) implements LotteryQuery {
    static final int TAG = 19;

    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.draw(out, draw);
      Fields.ticket(out, ticket);
      out.varint(commands);
    }

    static SaleProof read(WireReader in) throws MalformedMessage {
      return new SaleProof(Fields.draw(in), Fields.ticket(in), in.varint());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.saleProof(this);
    }
  }

  /** The evidence file of a certified draw. */
  record BundleOf(DrawRef draw) implements LotteryQuery {
    static final int TAG = 10;

    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.draw(out, draw);
    }

    static BundleOf read(WireReader in) throws MalformedMessage {
      return new BundleOf(Fields.draw(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.bundleOf(this);
    }
  }

  /** What was drawn and won. */
  record ResultOf(DrawRef draw) implements LotteryQuery {
    static final int TAG = 11;

    @Override
    public String actorKey() {
      return draw.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.draw(out, draw);
    }

    static ResultOf read(WireReader in) throws MalformedMessage {
      return new ResultOf(Fields.draw(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.resultOf(this);
    }
  }

  /** The branch's draws that wait for this party. */
  record PartyWork(BranchId branch, PartyName party) implements LotteryQuery {
    static final int TAG = 12;

    @Override
    public String actorKey() {
      return branch.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.branch(out, branch);
      Fields.party(out, party);
    }

    static PartyWork read(WireReader in) throws MalformedMessage {
      return new PartyWork(Fields.branch(in), Fields.party(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.partyWork(this);
    }
  }

  /** All games of the catalog. */
  record Games() implements LotteryQuery {
    static final int TAG = 13;

    @Override
    public String actorKey() {
      return LotteryCommand.CATALOG;
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {}

    static Games read(WireReader in) {
      return new Games();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.games(this);
    }
  }

  /** One game. */
  record GameRules(GameName game) implements LotteryQuery {
    static final int TAG = 14;

    @Override
    public String actorKey() {
      return LotteryCommand.CATALOG;
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.game(out, game);
    }

    static GameRules read(WireReader in) throws MalformedMessage {
      return new GameRules(Fields.game(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.gameRules(this);
    }
  }

  /**
   * Imported results, latest first.
   *
   * @param from first day wanted
   * @param to last day wanted
   * @param cursor {@code next} of the page before
   * @param limit 1 … 500; more is taken as 500
   */
  record PastResults(
      GameName game,
      Optional<LocalDate> from,
      Optional<LocalDate> to,
      Optional<String> cursor,
      int limit)
      implements LotteryQuery {
    static final int TAG = 15;

    @Override
    public String actorKey() {
      return LotteryCommand.CATALOG;
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.game(out, game);
      Fields.optional(out, from, Fields::date);
      Fields.optional(out, to, Fields::date);
      Fields.optional(out, cursor, WireWriter::text);
      out.varint(limit);
    }

    static PastResults read(WireReader in) throws MalformedMessage {
      return new PastResults(
          Fields.game(in),
          Fields.optional(in, Fields::date),
          Fields.optional(in, Fields::date),
          Fields.optional(in, WireReader::text),
          in.count(Integer.MAX_VALUE));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pastResults(this);
    }
  }

  /** The current parties file. */
  record PartiesFile() implements LotteryQuery {
    static final int TAG = 16;

    @Override
    public String actorKey() {
      return LotteryCommand.CATALOG;
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {}

    static PartiesFile read(WireReader in) {
      return new PartiesFile();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.partiesFile(this);
    }
  }

  /** The branch's money, added up. */
  record Accounts(BranchId branch) implements LotteryQuery {
    static final int TAG = 17;

    @Override
    public String actorKey() {
      return branch.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.branch(out, branch);
    }

    static Accounts read(WireReader in) throws MalformedMessage {
      return new Accounts(Fields.branch(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.accounts(this);
    }
  }

  /**
   * What a plug-in makes of what happened to the branch's draws.
   *
   * @param projection the plug-in's name
   * @param question its own words; at most {@value #WORDS_MAX}
   */
  record Project(BranchId branch, String projection, SortedMap<String, String> question)
      implements LotteryQuery {
    /** How many words a question may have. */
    public static final int WORDS_MAX = 32;

    static final int TAG = 21;

    /** Copies, and checks the range. */
    public Project {
      question = Collections.unmodifiableSortedMap(new TreeMap<>(question));
      if (question.size() > WORDS_MAX) {
        throw new IllegalArgumentException(
            question.size() + " words: expected at most " + WORDS_MAX);
      }
    }

    @Override
    public String actorKey() {
      return branch.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.branch(out, branch);
      out.text(projection).varint(question.size());
      question.forEach((word, value) -> out.text(word).text(value));
    }

    static Project read(WireReader in) throws MalformedMessage {
      BranchId branch = Fields.branch(in);
      String projection = in.text();
      SortedMap<String, String> question = new TreeMap<>();
      for (int left = in.count(WORDS_MAX); left > 0; left--) {
        question.put(in.text(), in.text());
      }
      return new Project(branch, projection, question);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.project(this);
    }
  }

  /**
   * What the branch's draws and players take in memory.
   *
   * @param most of the largest that are named; at most {@value #MOST}
   */
  record Actors(BranchId branch, int most) implements LotteryQuery {
    /** How many can be named at once. */
    public static final int MOST = 1_000;

    static final int TAG = 20;

    /** Checks the range. */
    public Actors {
      if (most < 1 || most > MOST) {
        throw new IllegalArgumentException("most " + most + ": expected 1 … " + MOST);
      }
    }

    @Override
    public String actorKey() {
      return branch.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.branch(out, branch);
      out.varint(most);
    }

    static Actors read(WireReader in) throws MalformedMessage {
      return new Actors(Fields.branch(in), in.count(MOST));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.actors(this);
    }
  }

  /** What a game's draws on sale in the branch have left. */
  record Availability(BranchId branch, GameName game) implements LotteryQuery {
    static final int TAG = 18;

    @Override
    public String actorKey() {
      return branch.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.branch(out, branch);
      Fields.game(out, game);
    }

    static Availability read(WireReader in) throws MalformedMessage {
      return new Availability(Fields.branch(in), Fields.game(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.availability(this);
    }
  }
}
