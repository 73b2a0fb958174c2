package io.elottery.lottery.foreign;

import io.elottery.lottery.command.ForeignCommand;
import io.elottery.lottery.command.ForeignCommand.ConfirmForeign;
import io.elottery.lottery.command.ForeignCommand.ReleaseForeign;
import io.elottery.lottery.command.ForeignCommand.SealForeign;
import io.elottery.lottery.command.ForeignCommand.SettleForeign;
import io.elottery.lottery.command.ForeignCommand.SettlementTaken;
import io.elottery.lottery.command.ForeignCommand.WithdrawForeign;
import io.elottery.lottery.command.LotteryCommand;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.ticket.Receipt;
import java.util.Optional;

/**
 * One thing a shard must tell another one until it is answered, and what follows at home from the
 * answer. Which ones are open is part of the replicated state, so whoever writes the shard next
 * goes on with them; telling one twice does no harm.
 *
 * @param id the same for the same errand, on every replica
 * @param command for the other shard
 */
public record ForeignErrand(String id, ForeignCommand command) {
  /**
   * What is to be told to the shard the errand came from; empty when the answer settles nothing, or
   * is not about what was asked, and the errand is to be tried again.
   */
  public Optional<LotteryCommand> after(LotteryReply reply) {
    return command.match(new After(reply));
  }

  // A word about another ticket says nothing about this one, whoever gives it.
  private static boolean isFor(Receipt receipt, TicketId ticket, DrawRef draw) {
    return receipt.ticket().equals(ticket) && receipt.draw().equals(draw);
  }

  private record After(LotteryReply reply)
      implements ForeignCommand.Cases<Optional<LotteryCommand>> {
    @Override
    public Optional<LotteryCommand> sealForeign(SealForeign told) {
      TicketId asked = TicketId.of(told.player(), told.draw(), told.key());
      if (reply instanceof LotteryReply.TicketSealed sealed
          && isFor(sealed.receipt(), asked, told.draw())
          && sealed.receipt().price().equals(told.stake())) {
        return Optional.of(new ConfirmForeign(told.player(), sealed.receipt(), false));
      }
      return reply instanceof LotteryReply.ForeignRefused refused && refused.ticket().equals(asked)
          ? Optional.of(new ReleaseForeign(told.player(), refused.ticket(), refused.why()))
          : Optional.empty();
    }

    @Override
    public Optional<LotteryCommand> withdrawForeign(WithdrawForeign told) {
      if (reply instanceof LotteryReply.TicketSealed stays
          && isFor(stays.receipt(), told.ticket(), told.draw())) {
        return Optional.of(new ConfirmForeign(told.player(), stays.receipt(), true));
      }
      return reply instanceof LotteryReply.ForeignRefused gone
              && gone.ticket().equals(told.ticket())
          ? Optional.of(new ReleaseForeign(told.player(), gone.ticket(), gone.why()))
          : Optional.empty();
    }

    @Override
    public Optional<LotteryCommand> settleForeign(SettleForeign told) {
      return reply.equals(new LotteryReply.ForeignSettled(told.draw(), told.part()))
          ? Optional.of(new SettlementTaken(told.draw(), told.home(), told.part()))
          : Optional.empty();
    }

    @Override
    public Optional<LotteryCommand> buyForeign(ForeignCommand.BuyForeign told) {
      return Optional.empty();
    }

    @Override
    public Optional<LotteryCommand> confirmForeign(ConfirmForeign told) {
      return Optional.empty();
    }

    @Override
    public Optional<LotteryCommand> releaseForeign(ReleaseForeign told) {
      return Optional.empty();
    }

    @Override
    public Optional<LotteryCommand> settlementTaken(SettlementTaken told) {
      return Optional.empty();
    }
  }
}
