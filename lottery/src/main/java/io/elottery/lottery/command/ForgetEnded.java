package io.elottery.lottery.command;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.time.Duration;

/**
 * Draws that ended this long ago leave the state, with their tickets. Sent by a shard's writer when
 * one is due; like everything it happens by the log, at the same position everywhere.
 *
 * @param keep how long a draw stays answerable after its end; less than {@link #KEEP_MIN} is
 *     refused
 */
public record ForgetEnded(Duration keep) implements LotteryCommand {
  /** The shortest time for which players can ask after a result. */
  public static final Duration KEEP_MIN = Duration.ofDays(21);

  static final int TAG = 51;

  /** Not routed: it is for all of a shard. */
  @Override
  public String actorKey() {
    return "";
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void writeFields(WireWriter out) {
    out.varint(keep.toMillis());
  }

  static ForgetEnded read(WireReader in) throws MalformedMessage {
    return new ForgetEnded(Duration.ofMillis(in.varint()));
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.forget(this);
  }
}
