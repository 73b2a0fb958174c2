package io.elottery.lottery.draw;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import java.time.Duration;
import java.time.Instant;

/** When a new draw closes: at a time, or that long after the stamp of the command that opens it. */
public sealed interface SaleEnd {
  /** At this time, to the millisecond. */
  record At(Instant closesAt) implements SaleEnd {
    @Override
    public Instant from(Instant openedAt) {
      return closesAt;
    }
  }

  /** That long after opening, to the millisecond. */
  record After(Duration sale) implements SaleEnd {
    @Override
    public Instant from(Instant openedAt) {
      return openedAt.plus(sale);
    }
  }

  /** The closing time of a draw opened then. */
  Instant from(Instant openedAt);

  /** Writes 0 and the time, or 1 and the milliseconds. */
  default void write(WireWriter out) {
    if (this instanceof At at) {
      out.u8(0).i64(at.closesAt().toEpochMilli());
    } else if (this instanceof After after) {
      out.u8(1).i64(after.sale().toMillis());
    }
  }

  /** Reads what {@link #write} wrote. */
  static SaleEnd read(WireReader in) throws MalformedMessage {
    return in.bool()
        ? new After(Duration.ofMillis(in.i64()))
        : new At(Instant.ofEpochMilli(in.i64()));
  }
}
