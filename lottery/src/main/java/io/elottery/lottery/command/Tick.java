package io.elottery.lottery.command;

import io.elottery.foundation.wire.WireWriter;

/** Time passes: what is due at its stamp happens. The shard's writer sends it to itself. */
public record Tick() implements LotteryCommand {
  static final int TAG = 50;

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
  public void writeFields(WireWriter out) {}

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.tick(this);
  }
}
