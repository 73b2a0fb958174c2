package io.elottery.lottery.reply;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.GameName;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.ticket.Receipt;
import java.time.Instant;

/**
 * What became of a command. A command that is delivered again is answered as the first time; where
 * that matters, {@code repeated} says so.
 *
 * <p>Bytes: {@code u8 version = 1, u8 tag, fields}; see {@code docs/formats/lottery.md}.
 */
public sealed interface LotteryReply {
  /** The version of the bytes. */
  int VERSION = 1;

  /** The tag of {@link TicketSealed}, whose receipt is sealed when it leaves. */
  int TICKET_SEALED_TAG = 108;

  /** What to do for each. */
  interface Cases<R> {
    /** Refused. */
    R refused(Refused reply);

    /** Registered. */
    R registered(Registered reply);

    /** SignedIn. */
    R signedIn(SignedIn reply);

    /** SignedOut. */
    R signedOut(SignedOut reply);

    /** GameDefined. */
    R gameDefined(GameDefined reply);

    /** ResultsImported. */
    R resultsImported(ResultsImported reply);

    /** PartiesPublished. */
    R partiesPublished(PartiesPublished reply);

    /** DrawAccepted. */
    R drawAccepted(DrawAccepted reply);

    /** TicketSealed. */
    R ticketSealed(TicketSealed reply);

    /** TicketReturned. */
    R ticketReturned(TicketReturned reply);

    /** StepRecorded. */
    R stepRecorded(StepRecorded reply);

    /** Ticked. */
    R ticked(Ticked reply);

    /** TicketPending. */
    R ticketPending(TicketPending reply);

    /** ForeignRefused. */
    R foreignRefused(ForeignRefused reply);

    /** ForeignNoted. */
    R foreignNoted(ForeignNoted reply);

    /** ForeignSettled. */
    R foreignSettled(ForeignSettled reply);
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
  static LotteryReply decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int version = in.u8();
    if (version != VERSION) {
      throw new MalformedMessage("reply version " + version + ": expected " + VERSION);
    }
    try {
      LotteryReply reply = read(in.u8(), in);
      in.done();
      return reply;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }

  private static LotteryReply read(int tag, WireReader in) throws MalformedMessage {
    switch (tag) {
      case Refused.TAG:
        return Refused.read(in);
      case Registered.TAG:
        return Registered.read(in);
      case SignedIn.TAG:
        return SignedIn.read(in);
      case SignedOut.TAG:
        return SignedOut.read(in);
      case GameDefined.TAG:
        return GameDefined.read(in);
      case ResultsImported.TAG:
        return ResultsImported.read(in);
      case PartiesPublished.TAG:
        return PartiesPublished.read(in);
      case DrawAccepted.TAG:
        return DrawAccepted.read(in);
      case TicketSealed.TAG:
        return TicketSealed.read(in);
      case TicketReturned.TAG:
        return TicketReturned.read(in);
      case StepRecorded.TAG:
        return StepRecorded.read(in);
      case Ticked.TAG:
        return Ticked.read(in);
      case TicketPending.TAG:
        return TicketPending.read(in);
      case ForeignRefused.TAG:
        return ForeignRefused.read(in);
      case ForeignNoted.TAG:
        return ForeignNoted.read(in);
      case ForeignSettled.TAG:
        return ForeignSettled.read(in);
      default:
        throw new MalformedMessage("reply " + tag + " is not known");
    }
  }

  /** A no; nothing of the command stays behind. */
  record Refused(Refusal why) implements LotteryReply {
    static final int TAG = 100;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      why.write(out);
    }

    static Refused read(WireReader in) throws MalformedMessage {
      return new Refused(Refusal.read(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /**
   * A customer or operator is registered.
   *
   * @param name as kept, without blanks around
   */
  record Registered(PlayerId player, String name, boolean repeated) implements LotteryReply {
    static final int TAG = 101;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.player(out, player);
      out.text(name);
      out.bool(repeated);
    }

    static Registered read(WireReader in) throws MalformedMessage {
      return new Registered(Fields.player(in), in.text(), in.bool());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.registered(this);
    }
  }

  /** A session is open. */
  record SignedIn(PlayerId player, Instant expiresAt) implements LotteryReply {
    static final int TAG = 102;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.player(out, player);
      Fields.instant(out, expiresAt);
    }

    static SignedIn read(WireReader in) throws MalformedMessage {
      return new SignedIn(Fields.player(in), Fields.instant(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.signedIn(this);
    }
  }

  /** The session is not open (any more). */
  record SignedOut() implements LotteryReply {
    static final int TAG = 103;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {}

    static SignedOut read(WireReader in) {
      return new SignedOut();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.signedOut(this);
    }
  }

  /**
   * The catalog holds the game.
   *
   * @param version counted up with every change
   * @param rulesHash 32 bytes
   */
  record GameDefined(GameName game, int version, Octets rulesHash) implements LotteryReply {
    static final int TAG = 104;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.game(out, game);
      out.varint(version);
      out.raw(rulesHash.toBytes());
    }

    static GameDefined read(WireReader in) throws MalformedMessage {
      return new GameDefined(Fields.game(in), in.count(Integer.MAX_VALUE), Fields.octets(in, 32));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.gameDefined(this);
    }
  }

  /**
   * The catalog holds all rows.
   *
   * @param added rows that were new
   * @param unchanged rows that were there
   */
  record ResultsImported(GameName game, int added, int unchanged) implements LotteryReply {
    static final int TAG = 105;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.game(out, game);
      out.varint(added);
      out.varint(unchanged);
    }

    static ResultsImported read(WireReader in) throws MalformedMessage {
      return new ResultsImported(
          Fields.game(in), in.count(Integer.MAX_VALUE), in.count(Integer.MAX_VALUE));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.resultsImported(this);
    }
  }

  /**
   * The parties file is the current one.
   *
   * @param version counted up with every change
   */
  record PartiesPublished(int version) implements LotteryReply {
    static final int TAG = 106;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      out.varint(version);
    }

    static PartiesPublished read(WireReader in) throws MalformedMessage {
      return new PartiesPublished(in.count(Integer.MAX_VALUE));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.partiesPublished(this);
    }
  }

  /** The draw is opened, changed, cancelled or closed, as asked. */
  record DrawAccepted(
      DrawRef draw, DrawState state, Instant closesAt, int capacity, boolean repeated)
      implements LotteryReply {
    static final int TAG = 107;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.draw(out, draw);
      out.u8(state.ordinal());
      Fields.instant(out, closesAt);
      out.varint(capacity);
      out.bool(repeated);
    }

    static DrawAccepted read(WireReader in) throws MalformedMessage {
      return new DrawAccepted(
          Fields.draw(in),
          Fields.choice(in, DrawState.values()),
          Fields.instant(in),
          in.count(Integer.MAX_VALUE),
          in.bool());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.drawAccepted(this);
    }
  }

  /** The ticket is in the draw. The receipt is the same for ever. */
  record TicketSealed(Receipt receipt, boolean repeated) implements LotteryReply {
    static final int TAG = TICKET_SEALED_TAG;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      receipt.write(out);
      out.bool(repeated);
    }

    static TicketSealed read(WireReader in) throws MalformedMessage {
      return new TicketSealed(Receipt.read(in), in.bool());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ticketSealed(this);
    }
  }

  /** The ticket is cancelled. */
  record TicketReturned(TicketId ticket, Money returned, boolean repeated) implements LotteryReply {
    static final int TAG = 109;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.ticket(out, ticket);
      returned.write(out);
      out.bool(repeated);
    }

    static TicketReturned read(WireReader in) throws MalformedMessage {
      return new TicketReturned(Fields.ticket(in), Money.read(in), in.bool());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ticketReturned(this);
    }
  }

  /**
   * The party's step is recorded.
   *
   * @param state after it
   */
  record StepRecorded(DrawRef draw, PartyName party, DrawState state, boolean repeated)
      implements LotteryReply {
    static final int TAG = 110;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.draw(out, draw);
      Fields.party(out, party);
      out.u8(state.ordinal());
      out.bool(repeated);
    }

    static StepRecorded read(WireReader in) throws MalformedMessage {
      return new StepRecorded(
          Fields.draw(in), Fields.party(in), Fields.choice(in, DrawState.values()), in.bool());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stepRecorded(this);
    }
  }

  /**
   * What was due has happened.
   *
   * @param happened how many things
   */
  record Ticked(int happened) implements LotteryReply {
    static final int TAG = 111;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      out.varint(happened);
    }

    static Ticked read(WireReader in) throws MalformedMessage {
      return new Ticked(in.count(Integer.MAX_VALUE));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ticked(this);
    }
  }

  /** The stake is reserved; the draw, which is of another branch, has not answered yet. */
  record TicketPending(TicketId ticket, boolean repeated) implements LotteryReply {
    static final int TAG = 112;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.ticket(out, ticket);
      out.bool(repeated);
    }

    static TicketPending read(WireReader in) throws MalformedMessage {
      return new TicketPending(Fields.ticket(in), in.bool());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ticketPending(this);
    }
  }

  /** The draw does not have the ticket and never will. */
  record ForeignRefused(TicketId ticket, Refusal why) implements LotteryReply {
    static final int TAG = 113;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.ticket(out, ticket);
      why.write(out);
    }

    static ForeignRefused read(WireReader in) throws MalformedMessage {
      return new ForeignRefused(Fields.ticket(in), Refusal.read(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.foreignRefused(this);
    }
  }

  /** The home knows what became of the ticket. */
  record ForeignNoted(TicketId ticket) implements LotteryReply {
    static final int TAG = 114;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.ticket(out, ticket);
    }

    static ForeignNoted read(WireReader in) throws MalformedMessage {
      return new ForeignNoted(Fields.ticket(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.foreignNoted(this);
    }
  }

  /** The part of the draw's settlement is taken. */
  record ForeignSettled(DrawRef draw, int part) implements LotteryReply {
    static final int TAG = 115;

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.draw(out, draw);
      out.varint(part);
    }

    static ForeignSettled read(WireReader in) throws MalformedMessage {
      return new ForeignSettled(Fields.draw(in), in.count(Integer.MAX_VALUE));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.foreignSettled(this);
    }
  }
}
