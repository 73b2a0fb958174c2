package io.elottery.lottery.command;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.ticket.Wager;

/** Buying and cancelling. */
public sealed interface TicketCommand extends LotteryCommand {
  /** What to do for each. */
  interface Cases<R> {
    /** BuyTicket. */
    R buyTicket(BuyTicket command);

    /** CancelTicket. */
    R cancelTicket(CancelTicket command);
  }

  /** Answers with the case that this is. */
  <R> R match(Cases<R> cases);

  @Override
  default <R> R match(LotteryCommand.Cases<R> cases) {
    return cases.ticket(this);
  }

  /**
   * One wager. The ticket is named by player, draw and key: the same key gives the same ticket for
   * ever.
   *
   * @param tokenHash SHA-256 of the session's token; 32 bytes
   */
  record BuyTicket(PlayerId player, Octets tokenHash, DrawRef draw, Wager wager, RequestKey key)
      implements TicketCommand {
    static final int TAG = 30;

    /** Checks and copies. */
    public BuyTicket {
      tokenHash.ofSize(32, "tokenHash");
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
      out.raw(tokenHash.toBytes());
      Fields.draw(out, draw);
      wager.write(out);
      Fields.key(out, key);
    }

    static BuyTicket read(WireReader in) throws MalformedMessage {
      return new BuyTicket(
          Fields.player(in),
          Fields.octets(in, 32),
          Fields.draw(in),
          Wager.read(in),
          Fields.key(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.buyTicket(this);
    }
  }

  /**
   * Gives a ticket back before its draw closes; it leaves no leaf.
   *
   * @param tokenHash SHA-256 of the session's token; 32 bytes
   */
  record CancelTicket(PlayerId player, Octets tokenHash, TicketId ticket) implements TicketCommand {
    static final int TAG = 31;

    /** Checks and copies. */
    public CancelTicket {
      tokenHash.ofSize(32, "tokenHash");
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
      out.raw(tokenHash.toBytes());
      Fields.ticket(out, ticket);
    }

    static CancelTicket read(WireReader in) throws MalformedMessage {
      return new CancelTicket(Fields.player(in), Fields.octets(in, 32), Fields.ticket(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.cancelTicket(this);
    }
  }
}
