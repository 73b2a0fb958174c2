package io.elottery.lottery.command;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Fields;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.RequestKey;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.money.Money;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.ticket.Receipt;
import io.elottery.lottery.ticket.Wager;
import java.util.List;

/**
 * Wagers of a player of one branch (its home) in a draw of another. The stake is reserved at home,
 * the ticket sealed at the draw, confirmed at home; what was won or returned goes the same way
 * back. Only {@link BuyForeign} comes from outside: the others are sent by the writer of one shard
 * to the other's, again and again until they are answered.
 */
public sealed interface ForeignCommand extends LotteryCommand {
  /** What to do for each. */
  interface Cases<R> {
    /** BuyForeign. */
    R buyForeign(BuyForeign command);

    /** SealForeign. */
    R sealForeign(SealForeign command);

    /** ConfirmForeign. */
    R confirmForeign(ConfirmForeign command);

    /** ReleaseForeign. */
    R releaseForeign(ReleaseForeign command);

    /** WithdrawForeign. */
    R withdrawForeign(WithdrawForeign command);

    /** SettleForeign. */
    R settleForeign(SettleForeign command);

    /** SettlementTaken. */
    R settlementTaken(SettlementTaken command);
  }

  /** Answers with the case that this is. */
  <R> R match(Cases<R> cases);

  @Override
  default <R> R match(LotteryCommand.Cases<R> cases) {
    return cases.foreign(this);
  }

  /**
   * Whether a command's bytes are one that only a writer may send to another: whoever lets commands
   * in from elsewhere refuses it.
   */
  static boolean isBetweenShards(byte[] command) {
    int tag = command.length < 2 ? 0 : command[1] & 0xff;
    return tag >= SealForeign.TAG && tag <= SettlementTaken.TAG;
  }

  /**
   * One wager, for the player's home. The stake leaves the balance now.
   *
   * @param tokenHash SHA-256 of the session's token; 32 bytes
   * @param stake what all lines cost together; the draw refuses another price
   */
  record BuyForeign(
      PlayerId player, Octets tokenHash, DrawRef draw, Wager wager, RequestKey key, Money stake)
      implements ForeignCommand {
    static final int TAG = 32;

    /** Checks and copies. */
    public BuyForeign {
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
      stake.write(out);
    }

    static BuyForeign read(WireReader in) throws MalformedMessage {
      return new BuyForeign(
          Fields.player(in),
          Fields.octets(in, 32),
          Fields.draw(in),
          Wager.read(in),
          Fields.key(in),
          Money.read(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.buyForeign(this);
    }
  }

  /** Home to draw: its stake is reserved, seal it or refuse it for good. */
  record SealForeign(PlayerId player, DrawRef draw, Wager wager, RequestKey key, Money stake)
      implements ForeignCommand {
    static final int TAG = 33;

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
      Fields.player(out, player);
      Fields.draw(out, draw);
      wager.write(out);
      Fields.key(out, key);
      stake.write(out);
    }

    static SealForeign read(WireReader in) throws MalformedMessage {
      return new SealForeign(
          Fields.player(in), Fields.draw(in), Wager.read(in), Fields.key(in), Money.read(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sealForeign(this);
    }
  }

  /**
   * For the home: the draw has the ticket.
   *
   * @param receipt sealed by the draw's shard; kept as it is
   * @param stays whether the draw was asked to let it go and cannot any more
   */
  record ConfirmForeign(PlayerId player, Receipt receipt, boolean stays) implements ForeignCommand {
    static final int TAG = 34;

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
      receipt.write(out);
      out.bool(stays);
    }

    static ConfirmForeign read(WireReader in) throws MalformedMessage {
      return new ConfirmForeign(Fields.player(in), Receipt.read(in), in.bool());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.confirmForeign(this);
    }
  }

  /** For the home: the ticket is not in the draw and never will be. */
  record ReleaseForeign(PlayerId player, TicketId ticket, Refusal why) implements ForeignCommand {
    static final int TAG = 35;

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
      why.write(out);
    }

    static ReleaseForeign read(WireReader in) throws MalformedMessage {
      return new ReleaseForeign(Fields.player(in), Fields.ticket(in), Refusal.read(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.releaseForeign(this);
    }
  }

  /** Home to draw: let the ticket go, whether it came or not; one that comes later is refused. */
  record WithdrawForeign(PlayerId player, DrawRef draw, TicketId ticket) implements ForeignCommand {
    static final int TAG = 36;

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
      Fields.player(out, player);
      Fields.draw(out, draw);
      Fields.ticket(out, ticket);
    }

    static WithdrawForeign read(WireReader in) throws MalformedMessage {
      return new WithdrawForeign(Fields.player(in), Fields.draw(in), Fields.ticket(in));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.withdrawForeign(this);
    }
  }

  /**
   * What one ticket gets.
   *
   * @param minorUnits 1 or more, in the draw's currency
   */
  record Payment(PlayerId player, TicketId ticket, long minorUnits) {
    void write(WireWriter out) {
      Fields.player(out, player);
      Fields.ticket(out, ticket);
      out.varint(minorUnits);
    }

    static Payment read(WireReader in) throws MalformedMessage {
      return new Payment(Fields.player(in), Fields.ticket(in), in.varint());
    }
  }

  /**
   * Draw to home: the draw has ended; these get their prizes, or all their stakes back.
   *
   * @param outcome {@link DrawState#CERTIFIED} or {@link DrawState#VOID}
   * @param part counted from 0, taken in order
   * @param last whether no part follows: tickets that got nothing have lost
   */
  record SettleForeign(
      DrawRef draw,
      BranchId home,
      DrawState outcome,
      String currency,
      int part,
      boolean last,
      List<Payment> payments)
      implements ForeignCommand {
    static final int TAG = 37;

    /** The most payments of one part. */
    public static final int PAYMENTS_MAX = 500;

    /** Copies. */
    public SettleForeign {
      payments = List.copyOf(payments);
    }

    @Override
    public String actorKey() {
      return home.actorKey();
    }

    @Override
    public int tag() {
      return TAG;
    }

    @Override
    public void writeFields(WireWriter out) {
      Fields.draw(out, draw);
      Fields.branch(out, home);
      out.u8(outcome.ordinal());
      new Money(0, currency).write(out);
      out.varint(part).bool(last);
      Fields.list(out, payments, (to, payment) -> payment.write(to));
    }

    static SettleForeign read(WireReader in) throws MalformedMessage {
      return new SettleForeign(
          Fields.draw(in),
          Fields.branch(in),
          Fields.choice(in, DrawState.values()),
          Money.read(in).currency(),
          in.count(Integer.MAX_VALUE),
          in.bool(),
          Fields.list(in, PAYMENTS_MAX, Payment::read));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.settleForeign(this);
    }
  }

  /** For the draw: its home has taken this part. */
  record SettlementTaken(DrawRef draw, BranchId home, int part) implements ForeignCommand {
    static final int TAG = 38;

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
      Fields.branch(out, home);
      out.varint(part);
    }

    static SettlementTaken read(WireReader in) throws MalformedMessage {
      return new SettlementTaken(Fields.draw(in), Fields.branch(in), in.count(Integer.MAX_VALUE));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.settlementTaken(this);
    }
  }
}
