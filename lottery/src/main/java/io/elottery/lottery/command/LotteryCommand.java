package io.elottery.lottery.command;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;

/**
 * Something the lottery is told to do. Every command is idempotent: it may be delivered again, and
 * is answered as the first time.
 *
 * <p>Bytes: {@code u8 version = 1, u8 tag, fields}; see {@code docs/formats/lottery.md}.
 */
public sealed interface LotteryCommand
    permits AccountCommand,
        CatalogCommand,
        DrawCommand,
        TicketCommand,
        ForeignCommand,
        PartyCommand,
        Tick,
        ForgetEnded {
  /** The version of all commands' bytes. */
  int VERSION = 1;

  /** The key of the actor that holds games, past results and the parties file. */
  String CATALOG = "catalog";

  /** What to do for each family. */
  interface Cases<R> {
    /** Players, operators, sessions. */
    R account(AccountCommand command);

    /** Games, results, parties. */
    R catalog(CatalogCommand command);

    /** Draws. */
    R draw(DrawCommand command);

    /** Tickets. */
    R ticket(TicketCommand command);

    /** Tickets in draws of another branch. */
    R foreign(ForeignCommand command);

    /** Parties' steps. */
    R party(PartyCommand command);

    /** Time passes. */
    R tick(Tick command);

    /** What ended long ago goes. */
    R forget(ForgetEnded command);
  }

  /** Answers with the case that this is. */
  <R> R match(Cases<R> cases);

  /** The key of the actor it is for, by which it is routed. */
  String actorKey();

  /** Which command it is, on the wire. */
  int tag();

  /** Writes its fields. */
  void writeFields(WireWriter out);

  /** Its bytes. */
  default byte[] encode() {
    WireWriter out = new WireWriter(160).u8(VERSION).u8(tag());
    writeFields(out);
    return out.toBytes();
  }

  /** Whether these are the bytes of a new wager, by a look at their beginning. */
  static boolean isWager(byte[] bytes) {
    return bytes.length > 1 && bytes[0] == VERSION && bytes[1] == TicketCommand.BuyTicket.TAG;
  }

  /**
   * Reads a command.
   *
   * @throws MalformedMessage for anything but the bytes of exactly one command
   */
  static LotteryCommand decode(byte[] bytes) throws MalformedMessage {
    WireReader in = new WireReader(bytes);
    int version = in.u8();
    if (version != VERSION) {
      throw new MalformedMessage("command version " + version + ": expected " + VERSION);
    }
    try {
      LotteryCommand command = read(in.u8(), in);
      in.done();
      return command;
    } catch (IllegalArgumentException wrong) {
      throw new MalformedMessage(String.valueOf(wrong.getMessage()));
    }
  }

  private static LotteryCommand read(int tag, WireReader in) throws MalformedMessage {
    switch (tag) {
      case AccountCommand.RegisterPlayer.TAG:
        return AccountCommand.RegisterPlayer.read(in);
      case AccountCommand.RegisterOperator.TAG:
        return AccountCommand.RegisterOperator.read(in);
      case AccountCommand.OpenSession.TAG:
        return AccountCommand.OpenSession.read(in);
      case AccountCommand.CloseSession.TAG:
        return AccountCommand.CloseSession.read(in);
      case CatalogCommand.DefineGame.TAG:
        return CatalogCommand.DefineGame.read(in);
      case CatalogCommand.ImportResults.TAG:
        return CatalogCommand.ImportResults.read(in);
      case CatalogCommand.PublishParties.TAG:
        return CatalogCommand.PublishParties.read(in);
      case DrawCommand.OpenDraw.TAG:
        return DrawCommand.OpenDraw.read(in);
      case DrawCommand.ChangeDraw.TAG:
        return DrawCommand.ChangeDraw.read(in);
      case DrawCommand.CancelDraw.TAG:
        return DrawCommand.CancelDraw.read(in);
      case DrawCommand.CloseDraw.TAG:
        return DrawCommand.CloseDraw.read(in);
      case DrawCommand.VoidDraw.TAG:
        return DrawCommand.VoidDraw.read(in);
      case TicketCommand.BuyTicket.TAG:
        return TicketCommand.BuyTicket.read(in);
      case TicketCommand.CancelTicket.TAG:
        return TicketCommand.CancelTicket.read(in);
      case ForeignCommand.BuyForeign.TAG:
        return ForeignCommand.BuyForeign.read(in);
      case ForeignCommand.SealForeign.TAG:
        return ForeignCommand.SealForeign.read(in);
      case ForeignCommand.ConfirmForeign.TAG:
        return ForeignCommand.ConfirmForeign.read(in);
      case ForeignCommand.ReleaseForeign.TAG:
        return ForeignCommand.ReleaseForeign.read(in);
      case ForeignCommand.WithdrawForeign.TAG:
        return ForeignCommand.WithdrawForeign.read(in);
      case ForeignCommand.SettleForeign.TAG:
        return ForeignCommand.SettleForeign.read(in);
      case ForeignCommand.SettlementTaken.TAG:
        return ForeignCommand.SettlementTaken.read(in);
      case PartyCommand.CommitShare.TAG:
        return PartyCommand.CommitShare.read(in);
      case PartyCommand.SignClose.TAG:
        return PartyCommand.SignClose.read(in);
      case PartyCommand.RevealShare.TAG:
        return PartyCommand.RevealShare.read(in);
      case PartyCommand.CertifyDraw.TAG:
        return PartyCommand.CertifyDraw.read(in);
      case PartyCommand.DisputeDraw.TAG:
        return PartyCommand.DisputeDraw.read(in);
      case Tick.TAG:
        return new Tick();
      case ForgetEnded.TAG:
        return ForgetEnded.read(in);
      default:
        throw new MalformedMessage("command " + tag + " is not known");
    }
  }
}
