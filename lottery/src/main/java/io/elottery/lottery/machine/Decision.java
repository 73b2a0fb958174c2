package io.elottery.lottery.machine;

import io.elottery.lottery.reply.LotteryReply;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.reply.RefusalCode;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a command leads to. Deciding changes nothing.
 *
 * @param events what happens, in order; none when refused or repeated
 * @param reply asked for after the events are applied
 */
record Decision(List<LotteryEvent> events, Supplier<LotteryReply> reply) {
  static Decision of(LotteryEvent event, Supplier<LotteryReply> reply) {
    return new Decision(List.of(event), reply);
  }

  /** Nothing happens: it was done before. */
  static Decision known(LotteryReply reply) {
    return new Decision(List.of(), () -> reply);
  }

  static Decision refused(RefusalCode code, String field, String detail) {
    return refused(new Refusal(code, field, detail));
  }

  static Decision refused(Refusal why) {
    return known(new LotteryReply.Refused(why));
  }
}
